//! Everything on this page, and who handles which call.

use crate::call::Call;
use crate::hands;
use crate::impression::{self, Impression, Moment};
use crate::pack::number;
use crate::page::{Page, View};
use crate::widget::{Phase, Widget};

/// Everything on this page.
pub struct App {
    pub page: Option<Page>,
    pub widgets: Vec<Widget>,
}

impl App {
    /// A page that nothing has happened on yet.
    pub const fn new() -> Self {
        Self { page: None, widgets: Vec::new() }
    }

    /// Passes a call on to whom it concerns.
    pub fn handle(&mut self, call: Call, index: usize, text: &str) {
        if call == Call::Start {
            self.page = Some(Page::new(text));
            return;
        }
        let Some(page) = self.page.as_mut() else { return };
        if let Some(widget) = self.widgets.iter_mut().find(|widget| widget.index == index) {
            match call {
                Call::Input => return widget.changed(),
                Call::Pick => return widget.pick(),
                Call::Submit => return widget.submit(page),
                Call::Advance => return widget.advance(page),
                Call::Back => return widget.back(),
                Call::StartOver => {
                    widget.start_over(page.active_ms());
                    return hands::focus(index, widget.step);
                }
                Call::Open => return widget.open(page),
                Call::Close => return widget.close(page),
                Call::Save => return widget.save(page),
                Call::Seen => return widget.had(Moment::Seen),
                Call::Clicked => widget.clicked = true,
                _ => {}
            }
        }
        match call {
            Call::Attach => return self.attach(index, text),
            Call::Api => return self.on_api(index, text),
            Call::Verdict => return self.on_verdict(index, text),
            Call::Retry => {
                page.collect();
                return page.deliver();
            }
            Call::Hidden => return self.leave(),
            Call::Online => {
                // Who left an answer behind may have had no line either.
                page.collect();
                return page.hurry();
            }
            Call::Visible => {
                page.visible(true);
                page.collect();
                page.hurry();
            }
            Call::Route => self.new_view(),
            Call::Scrolled => page.view.scrolled = page.view.scrolled.max(number(text) as u8),
            Call::Leaving => page.view.leaving = true,
            _ => {}
        }
        self.look();
    }

    /// Reports what has not been reported, and saves what has not been saved.
    pub fn leave(&mut self) {
        let Some(page) = self.page.as_mut() else { return };
        for widget in &mut self.widgets {
            widget.save(page);
        }
        impression::report(page, &mut self.widgets);
        page.visible(false);
        page.release();
    }

    fn attach(&mut self, index: usize, text: &str) {
        let Some(page) = self.page.as_ref() else { return };
        let Some(mut widget) = Widget::read(index, page.active_ms(), text) else {
            return hands::give_up(index);
        };
        widget.begin(page);
        self.widgets.push(widget);
    }

    /// The visitor is on another page of a single-page application, or came back to this one.
    fn new_view(&mut self) {
        self.leave();
        let Some(page) = self.page.as_mut() else { return };
        page.visible(true);
        page.view = View::here();
        for widget in &mut self.widgets {
            widget.clicked = false;
            if widget.up && widget.phase != Phase::Done {
                widget.impression = Impression::default();
                hands::watch(widget.index, true);
            }
        }
    }
}
