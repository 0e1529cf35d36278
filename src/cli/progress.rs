//! A bar for what takes long: on a terminal only, and gone when it is done.

use crate::pipeline::Progress;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal as _;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

/// What takes less than this shows nothing.
const PATIENCE: Duration = Duration::from_millis(500);
/// From one look to the next.
const TICK: Duration = Duration::from_millis(100);

/// Does the work, and shows how far it is if that is `wanted`, takes a while and somebody is looking.
pub(super) fn watched<T>(wanted: bool, work: impl FnOnce(&Arc<Progress>) -> T) -> T {
    let progress = Arc::new(Progress::default());
    if !wanted || !std::io::stderr().is_terminal() {
        return work(&progress);
    }
    std::thread::scope(|scope| {
        // Dropped when the work is done, also if it ends in a panic: the bar ends with it.
        let (_working, done) = channel::<()>();
        scope.spawn(|| show(&progress, done));
        work(&progress)
    })
}

#[expect(clippy::needless_pass_by_value, reason = "the receiver is this thread's own")]
fn show(progress: &Progress, done: Receiver<()>) {
    let over = |time| !matches!(done.recv_timeout(time), Err(RecvTimeoutError::Timeout));
    if over(PATIENCE) {
        return;
    }
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    loop {
        draw(&bar, progress);
        if over(TICK) {
            break;
        }
    }
    bar.finish_and_clear();
}

/// One step of what turns. Each change but that of the style draws at once: the style comes first, with the stage's
/// name in it, and the figures together, so that no line mixes two stages.
fn draw(bar: &ProgressBar, progress: &Progress) {
    let (stage, made, total) = progress.now();
    bar.set_style(style(stage, total));
    bar.update(|state| {
        state.set_len(total as u64);
        state.set_pos(made as u64);
    });
    bar.tick();
}

/// A stage whose end nobody knows has no bar to fill.
fn style(stage: &str, total: usize) -> ProgressStyle {
    let filled = if total == 0 { "" } else { " [{bar:40}] {pos}/{len}" };
    let style = ProgressStyle::with_template(&format!("{{spinner}} {stage}{filled}"));
    style.unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars("=> ").tick_chars("|/-\\ ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use indicatif::InMemoryTerm;

    fn begun(stage: &'static str, made: usize, total: usize) -> Progress {
        let progress = Progress::default();
        progress.begin(stage, total);
        (0..made).for_each(|_| progress.step());
        progress
    }

    fn drawn(terminal: &InMemoryTerm) -> ProgressBar {
        ProgressBar::with_draw_target(None, ProgressDrawTarget::term_like(Box::new(terminal.clone())))
    }

    #[test]
    fn a_bar_tells_the_stage_and_how_much_of_it_is_done() {
        for (progress, shown) in [
            (begun("search index", 0, 0), " search index"),
            (begun("pages", 20, 40), " pages [====================>                   ] 20/40"),
        ] {
            let terminal = InMemoryTerm::new(10, 80);
            let bar = drawn(&terminal);
            draw(&bar, &progress);
            // What turns stands before it.
            assert_eq!(&terminal.contents()[1..], shown);
            bar.finish_and_clear();
            assert_eq!(terminal.contents(), "");
        }
    }

    #[test]
    fn no_line_mixes_two_stages() {
        let terminal = InMemoryTerm::new(10, 80);
        let bar = drawn(&terminal);
        draw(&bar, &begun("pictures", 14, 14));
        draw(&bar, &begun("texts", 1, 800));
        let written = terminal.moves_since_last_check();
        let bars: Vec<&str> = written.lines().filter(|line| line.contains(" [")).collect();
        for bar in &bars {
            assert_eq!(bar.contains("pictures ["), bar.contains(" 14/14"), "{written}");
            assert_eq!(bar.contains("texts ["), bar.contains(" 1/800"), "{written}");
        }
        assert!(!bars.is_empty() && !written.contains('░'), "{written}");
    }
}
