//! What a member needs in order to bring others: a code. And what tells two people behind one address from two who only met.

use rapport_core::loyalty::referral;
use rapport_core::time::Timestamp;

use crate::clock::random;
use crate::object::loyalty::act::Context;
use crate::object::loyalty::row::{self, Row};
use crate::object::sql::{Read, int, text};
use crate::object::transaction::Write;
use crate::object::visitor;
use crate::problem::Fail;

/// A member's code for others, made when it is first asked for.
pub fn code(write: &Write<'_>, row: &mut Row, now: Timestamp) -> Result<String, Fail> {
    if row.member.code.is_empty() {
        let mut code = referral::code(random::<5>()?);
        // One in 10¹² for each code there is.
        while row::find(&write.read(), &format!("r:{code}"))?.is_some() {
            code = referral::code(random::<5>()?);
        }
        row.member.code = code;
        row::save_member(write, &mut row.member, now)?;
    }
    Ok(row.member.code.clone())
}

/// Notes from where a member was seen today. Forgotten with the day's salt.
pub fn seen(write: &Write<'_>, address: &str, member: &str, now: Timestamp) -> Result<(), Fail> {
    let digest = visitor::address(write, address, now.day())?;
    if !digest.is_empty() {
        write.run(
            "INSERT INTO came (day, address, member) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            vec![int(now.day().0), text(&digest), text(member)],
        )?;
    }
    Ok(())
}

/// Whether there is something to note of a member who looks: at most once a day, so that looking costs no rows.
pub fn is_new(read: &Read<'_>, context: &Context, row: &Row, address: &str, now: Timestamp) -> Result<bool, Fail> {
    if context.program.referral.is_none() || row.member.left.is_some() {
        return Ok(false);
    }
    if row.member.code.is_empty() {
        return Ok(true);
    }
    let Some(digest) = visitor::known_address(read, address, now.day())? else { return Ok(!address.is_empty()) };
    let known = "SELECT EXISTS (SELECT 1 FROM came WHERE day = ? AND address = ? AND member = ?)";
    Ok(read.number(known, vec![int(now.day().0), text(digest), text(&row.member.id)])? == 0)
}

/// Notes it.
pub fn welcome(write: &Write<'_>, context: &Context, row: &mut Row, address: &str, now: Timestamp) -> Result<(), Fail> {
    if is_new(&write.read(), context, row, address, now)? {
        code(write, row, now)?;
        seen(write, address, &row.member.id, now)?;
    }
    Ok(())
}

/// The code of a member's link, and how many came by it.
pub fn told(read: &Read<'_>, context: &Context, row: &Row) -> Result<Option<(String, u32)>, Fail> {
    if context.program.referral.is_none() || row.member.code.is_empty() {
        return Ok(None);
    }
    let query = "SELECT COUNT(*) FROM referral WHERE referrer = ?";
    let friends = read.number(query, vec![text(&row.member.id)])?;
    Ok(Some((row.member.code.clone(), u32::try_from(friends).unwrap_or(0))))
}
