//! What waits until somebody asks for it.

use super::support::Site;
use plenary::diag::Sink;
use plenary::pipeline::{Memory, Timings, snapshot, texts};
use plenary::render::render;
use plenary::snapshot::Snapshot;

const FILES: &str = "-- content/en/a.md --
---
title: A
---
See [b](b.md#part) and [c](c.md).
-- content/en/b.md --
---
title: B
---
## Part

Nothing to see.
-- content/en/c.md --
---
title: C
---
The [dead](gone.md) link.
-- content/en/calls.md --
---
title: Calls
---
{{< include path=\"shared.md\" >}}
-- content/en/picture.md --
---
title: Picture
---
![A square](square.svg)
-- content/en/square.svg --
<svg/>
-- shared.md --
Shared.
";

/// The keys of the pages whose texts have been read.
fn read(snapshot: &Snapshot) -> Vec<&str> {
    let own = snapshot.site.pages().iter().filter(|page| !page.is_fallback());
    let read = own.filter(|page| page.document.as_ref().is_some_and(|document| document.is_read()));
    read.map(|page| &*page.key).collect()
}

fn told(sink: &Sink) -> Vec<&'static str> {
    sink.as_slice().iter().map(|found| found.code.as_str()).collect()
}

#[test]
fn a_text_is_read_when_it_is_asked_for() {
    let site = Site::new(FILES);
    let (mut memory, mut timings, mut sink) = (Memory::frugal(), Timings::default(), Sink::new());
    let snapshot = snapshot(&site.options, &mut memory, &mut timings, &mut sink).expect("a site");
    // What includes others has to be read before they can be, and pictures are outputs.
    assert_eq!(read(&snapshot), ["calls", "picture"]);
    assert_eq!(told(&sink), ["git-history"]);
    let entry = snapshot.plan.get("a/index.html").expect("a page");
    render(&snapshot, entry, &mut sink).expect("a page").expect("its bytes");
    // The anchor that it links to is looked up in the other text; a page alone needs no look.
    assert_eq!(read(&snapshot), ["a", "b", "calls", "picture"]);
    texts(&snapshot, &mut memory, &mut timings, &mut sink);
    assert_eq!(read(&snapshot), ["a", "b", "c", "calls", "picture"]);
    assert_eq!(told(&sink), ["git-history", "dead-link"]);
}
