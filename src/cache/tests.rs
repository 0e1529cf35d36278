//! Damage, sharing, forgetting.
#![expect(clippy::disallowed_methods, reason = "tests look into the cache's files")]

use super::{Cache, Key};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use tempfile::TempDir;

fn cache() -> (TempDir, Cache) {
    let folder = tempfile::tempdir().expect("a folder");
    let cache = Cache::of(folder.path());
    (folder, cache)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().flatten();
    entries.filter(|entry| entry.file_type().is_file()).map(|entry| entry.path().to_path_buf()).collect()
}

/// The one file that holds products.
fn product_file(folder: &TempDir) -> PathBuf {
    let mut files = files(folder.path());
    files.retain(|file| !file.ends_with(".gitignore"));
    assert_eq!(files.len(), 1, "{files:?}");
    files.remove(0)
}

/// Every way in which a file can be not whole.
fn damaged(whole: &[u8]) -> Vec<Vec<u8>> {
    let mut all = vec![vec![], whole[..whole.len() / 2].to_vec(), whole[..whole.len() - 1].to_vec()];
    for at in [0, whole.len() / 2, whole.len() - 1] {
        let mut bytes = whole.to_vec();
        bytes[at] ^= 1;
        all.push(bytes);
    }
    all
}

#[test]
fn a_damaged_product_is_not_there() {
    let (folder, cache) = cache();
    let (store, key) = (cache.store("pictures"), Key::of(&[b"a"]));
    store.put(&key, b"some bytes");
    let file = product_file(&folder);
    let whole = fs::read(&file).expect("a file");
    for bytes in damaged(&whole) {
        fs::write(&file, bytes).expect("a write");
        assert_eq!(store.get(&key), None);
        assert_eq!(store.get_or_make(&key, || b"some bytes".to_vec()), b"some bytes");
        assert_eq!(store.get(&key).as_deref(), Some(&b"some bytes"[..]));
    }
}

#[test]
fn a_damaged_pack_is_empty() {
    let (folder, cache) = cache();
    let (a, b) = (Key::of(&[b"a"]), Key::of(&[b"b"]));
    cache.pack("blocks").save([(a, &b"first"[..]), (b, &b""[..])]);
    let file = product_file(&folder);
    let whole = fs::read(&file).expect("a file");
    let pack = cache.pack("blocks");
    assert_eq!((pack.get(&a), pack.get(&b)), (Some(&b"first"[..]), Some(&b""[..])));
    for bytes in damaged(&whole) {
        fs::write(&file, bytes).expect("a write");
        let pack = cache.pack("blocks");
        assert_eq!((pack.get(&a), pack.get(&b)), (None, None));
    }
}

#[test]
fn a_pack_forgets_what_was_not_saved_again_and_is_written_only_if_it_changes() {
    let (folder, cache) = cache();
    let (a, b) = (Key::of(&[b"a"]), Key::of(&[b"b"]));
    cache.pack("blocks").save([(a, &b"1"[..]), (b, &b"2"[..])]);
    cache.pack("blocks").save([(b, &b"2"[..])]);
    let pack = cache.pack("blocks");
    assert_eq!((pack.get(&a), pack.get(&b)), (None, Some(&b"2"[..])));
    let file = product_file(&folder);
    fs::remove_file(&file).expect("a file");
    pack.save([(b, &b"2"[..])]);
    assert!(!file.exists());
}

#[test]
fn kinds_do_not_mix() {
    let (_folder, cache) = cache();
    let key = Key::of(&[b"a"]);
    cache.store("pictures").put(&key, b"1");
    assert_eq!(cache.store("diagrams").get(&key), None);
}

#[test]
fn many_threads_may_keep_the_same_product() {
    let (folder, cache) = cache();
    let (store, key) = (cache.store("pictures"), Key::of(&[b"a"]));
    let product = vec![7; 100_000];
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                store.put(&key, &product);
                assert_eq!(store.get(&key).as_ref(), Some(&product));
            });
        }
    });
    product_file(&folder);
}

#[test]
fn what_nobody_asks_for_goes() {
    let (folder, cache) = cache();
    let (store, old, young) = (cache.store("pictures"), Key::of(&[b"old"]), Key::of(&[b"young"]));
    store.put(&old, b"1");
    let long_ago = SystemTime::now() - Duration::from_hours(24 * 40);
    let file = fs::File::options().append(true).open(product_file(&folder)).expect("a file");
    file.set_modified(long_ago).expect("a time");
    store.put(&young, b"2");
    cache.sweep();
    assert_eq!((store.get(&old), store.get(&young).as_deref()), (None, Some(&b"2"[..])));
}

#[test]
fn what_is_asked_for_stays() {
    let (folder, cache) = cache();
    let (store, key) = (cache.store("pictures"), Key::of(&[b"a"]));
    store.put(&key, b"1");
    let long_ago = SystemTime::now() - Duration::from_hours(24 * 40);
    let file = fs::File::options().append(true).open(product_file(&folder)).expect("a file");
    file.set_modified(long_ago).expect("a time");
    assert!(store.get(&key).is_some());
    cache.sweep();
    assert!(store.get(&key).is_some());
}

#[test]
fn a_folder_that_cannot_be_made_is_no_error() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join(".plenary"), "a file in the way").expect("a file");
    let cache = Cache::of(folder.path());
    let key = Key::of(&[b"a"]);
    cache.store("pictures").put(&key, b"1");
    cache.pack("blocks").save([(key, &b"1"[..])]);
    assert_eq!(cache.store("pictures").get(&key), None);
    cache.sweep();
}
