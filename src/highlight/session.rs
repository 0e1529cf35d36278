//! Console sessions: what was typed after a prompt is shell code, the rest is what the machine said.

use super::classes::Class;
use super::painter::Painter;
use super::writer::Writer;

/// Writes a session. Without any prompt all of it was typed. False if the grammar fails on a line.
pub(super) fn write(shell: &mut Painter<'_>, code: &str, writer: &mut Writer) -> bool {
    if !code.lines().any(|line| prompt(line) > 0) {
        return shell.lines(code, writer);
    }
    let mut continued = false;
    code.split_inclusive('\n').all(|line| {
        let length = prompt(line);
        let typed = length > 0 || continued;
        if !continued {
            shell.restart();
        }
        continued = typed && line.trim_end_matches(['\r', '\n']).ends_with('\\');
        writer.text(Class::Meta, &line[..length]);
        if typed {
            shell.lines(&line[length..], writer)
        } else {
            writer.text(Class::None, &line[length..]);
            true
        }
    })
}

/// The length of a line's prompt: `$`, `%` or `>`, alone or behind `user@host:folder`, and a space.
/// Not `#` alone, which is root's prompt and as often a comment.
fn prompt(line: &str) -> usize {
    let Some(at) = line.find(['$', '%', '#', '>']) else { return 0 };
    let (before, mark) = (&line[..at], line.as_bytes()[at]);
    let named = before.contains('@') && !before.contains(char::is_whitespace);
    let alone = before.is_empty() && mark != b'#';
    match line.as_bytes().get(at + 1) {
        Some(b' ') if named || alone => at + 2,
        _ => 0,
    }
}
