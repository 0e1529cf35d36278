//! All documents of a site, each parsed again only if something that it was read from has changed.

use super::{Context, Document, Ground, parse};
use crate::cache::Key;
use crate::diag::FileId;
use crate::source::{Role, SourceFile, SourceSet};
use indexmap::IndexMap;
use rayon::prelude::*;
use std::sync::Arc;

/// The documents of the last run, with what they were read from.
#[derive(Debug, Default)]
pub struct Library {
    context: Option<Key>,
    kept: IndexMap<FileId, Kept>,
    parsed: usize,
}

#[derive(Debug)]
struct Kept {
    file: Arc<SourceFile>,
    /// What each include found.
    fragments: Vec<Option<Arc<SourceFile>>>,
    document: Arc<Document>,
}

impl Library {
    /// Every document of the content tree, in the order of the paths. Fragments that they include are read
    /// into `sources` on the way.
    pub fn documents(&mut self, sources: &mut SourceSet, ground: &Ground<'_>) -> Vec<Arc<Document>> {
        let digest = ground.digest();
        if self.context != Some(digest) {
            self.kept.clear();
            self.context = Some(digest);
        }
        let included = self.kept.values().flat_map(|kept| kept.document.included.iter().cloned());
        sources.load_fragments(included.collect::<Vec<_>>());
        let files: Vec<FileId> =
            sources.of(Role::Content).filter(|(_, file)| file.is_text()).map(|(id, _)| id).collect();
        let mut documents: Vec<Option<Arc<Document>>> =
            files.iter().map(|file| self.unchanged(*file, sources)).collect();
        let stale: Vec<usize> = (0..files.len()).filter(|at| documents[*at].is_none()).collect();
        let mut waiting = stale.clone();
        while !waiting.is_empty() {
            let context = Context::new(sources, ground);
            let parsed: Vec<Document> = waiting.par_iter().map(|at| parse(files[*at], &context)).collect();
            let wanted: Vec<String> = parsed.iter().flat_map(|document| document.wanted.clone()).collect();
            let mut incomplete = vec![];
            for (at, document) in waiting.into_iter().zip(parsed) {
                if !document.wanted.is_empty() {
                    incomplete.push(at);
                }
                documents[at] = Some(Arc::new(document));
            }
            sources.load_fragments(wanted);
            waiting = incomplete;
        }
        let documents: Vec<Arc<Document>> = documents.into_iter().flatten().collect();
        self.keep(&documents, &stale, sources);
        self.parsed += stale.len();
        documents
    }

    /// How many documents were parsed since the beginning.
    pub fn parsed(&self) -> usize {
        self.parsed
    }

    /// The document that was made from this very file and these very fragments.
    fn unchanged(&self, file: FileId, sources: &SourceSet) -> Option<Arc<Document>> {
        let kept = self.kept.get(&file)?;
        let same = |path: &String, kept: &Option<Arc<SourceFile>>| match (fragment(sources, path), kept) {
            (Some(now), Some(kept)) => Arc::ptr_eq(&now, kept),
            (None, None) => true,
            _ => false,
        };
        let whole = Arc::ptr_eq(sources.shared(file), &kept.file)
            && kept.document.included.iter().zip(&kept.fragments).all(|(path, kept)| same(path, kept));
        whole.then(|| kept.document.clone())
    }

    fn keep(&mut self, documents: &[Arc<Document>], parsed: &[usize], sources: &SourceSet) {
        for document in parsed.iter().map(|at| &documents[*at]) {
            let fragments = document.included.iter().map(|path| fragment(sources, path)).collect();
            let file = sources.shared(document.file).clone();
            self.kept.insert(document.file, Kept { file, fragments, document: document.clone() });
        }
        if self.kept.len() > documents.len() {
            let there: indexmap::IndexSet<FileId> = documents.iter().map(|document| document.file).collect();
            self.kept.retain(|file, _| there.contains(file));
        }
    }
}

fn fragment(sources: &SourceSet, path: &str) -> Option<Arc<SourceFile>> {
    Some(sources.shared(sources.fragment(path)??).clone())
}
