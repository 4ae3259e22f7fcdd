//! The loyalty programme's part of the configuration.

use rapport_core::loyalty::program::{Live, Record};
use rapport_core::time::Timestamp;

use super::{check, current};
use crate::command::program::Change;
use crate::problem::Fail;

/// The programme after `change`.
///
/// # Errors
/// 404 without a programme, 409 where the step does not fit its state, 422 for breaches of its rules.
pub fn apply(record: &mut Option<Record>, change: &Change, now: Timestamp) -> Result<(), Fail> {
    if let Change::Draft { program, based_on } = change {
        let newest = record.as_ref().and_then(Record::newest);
        current(based_on.as_deref(), newest)?;
        check(rapport_core::loyalty::check(program))?;
        record.get_or_insert_default().draft = Some(program.as_ref().clone());
        return Ok(());
    }
    let known = record.as_mut().ok_or_else(Fail::not_found)?;
    match change {
        Change::Draft { .. } => {}
        Change::Publish { based_on } => {
            current(based_on.as_deref(), known.newest())?;
            let program = known.draft.take().ok_or_else(|| Fail::conflict("There is no draft to publish"))?;
            known.live = Some(Live::after(known.live.as_ref(), program, now));
        }
        Change::Discard => {
            known.draft = None;
            if known.live.is_none() {
                *record = None;
            }
        }
        Change::Pause | Change::Resume => {
            let pause = matches!(change, Change::Pause);
            if known.live.is_none() || known.paused == pause {
                return Err(Fail::conflict("The programme is not in a state for that"));
            }
            known.paused = pause;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::mark;
    use rapport_core::loyalty::program::Program;
    use rapport_core::loyalty::template::ready;

    const NOW: Timestamp = Timestamp(1_800_000_000_000);

    fn draft(program: Program, based_on: Option<&str>) -> Change {
        Change::Draft { program: Box::new(program), based_on: based_on.map(str::to_owned) }
    }

    fn after(changes: &[Change]) -> Result<Option<Record>, u16> {
        let mut record = None;
        for change in changes {
            apply(&mut record, change, NOW).map_err(|fail| fail.into_document().status)?;
        }
        Ok(record)
    }

    #[test]
    fn a_programmes_life() {
        let (one, publish) = (ready("EUR").unwrap(), Change::Publish { based_on: None });
        let two = Program { anonymous: false, ..one.clone() };
        let draft = |program: &Program| draft(program.clone(), None);
        assert_eq!(after(&[Change::Publish { based_on: None }]), Err(404));
        assert_eq!(after(&[draft(&one), Change::Pause]), Err(409));
        assert_eq!(after(&[draft(&one), publish.clone(), publish.clone()]), Err(409));
        assert_eq!(after(&[draft(&one), Change::Discard]), Ok(None));
        let record = after(&[draft(&one), publish.clone(), draft(&two), Change::Pause]).unwrap().unwrap();
        assert_eq!((record.newest(), record.in_force()), (Some(&two), None));
        let live = record.live.unwrap();
        assert_eq!((live.number, live.program), (1, one.clone()));
        let steps = [draft(&one), publish.clone(), draft(&two), publish, Change::Pause, Change::Resume];
        let record = after(&steps).unwrap().unwrap();
        assert_eq!(record.in_force().map(|live| (live.number, &live.program)), Some((2, &two)));
        assert_eq!(after(&[draft(&one), Change::Publish { based_on: None }, Change::Resume]), Err(409));
    }

    #[test]
    fn two_tabs_do_not_overwrite_each_other() {
        let one = ready("EUR").unwrap();
        let (first, later) = (mark::<Program>(None), mark(Some(&one)));
        let two = Program { anonymous: false, ..one.clone() };
        assert!(after(&[draft(one.clone(), Some(&first)), draft(two.clone(), Some(&later))]).is_ok());
        assert_eq!(after(&[draft(one.clone(), Some(&first)), draft(two, Some(&first))]), Err(422));
        let seen = |mark: String| Change::Publish { based_on: Some(mark) };
        assert!(after(&[draft(one.clone(), None), seen(later)]).is_ok());
        assert_eq!(after(&[draft(one, None), seen(first)]), Err(422), "not what was looked at");
    }
}
