//! The press: lays out a form with the values of an order, and writes the PDF.

use rayon::ThreadPoolBuilder;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Dict, Duration, IntoValue, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, pdf};

use crate::Unprintable;
use crate::fonts::Shelf;
use crate::order::Order;

/// The forms, by name; `sheet` is what they have in common.
const FORMS: [(&str, &str); 3] = [
    ("sheet", include_str!("../forms/sheet.typ")),
    ("register_book", include_str!("../forms/register_book.typ")),
    ("stamped_page", include_str!("../forms/stamped_page.typ")),
];

/// Under this name the file says what made it.
const CREATOR: &str = "Pishkhan";

pub fn print(order: Order) -> Result<Vec<u8>, Unprintable> {
    let Order { form, at, values } = order;
    if !FORMS[1..].iter().any(|(name, _)| *name == form) {
        return Err(Unprintable::NoForm(form));
    }
    let desk = Desk::new(&form, values);
    let document = typst::compile::<PagedDocument>(&desk).output.map_err(|faults| told(&faults))?;
    let options =
        PdfOptions { creator: Smart::Custom(Some(CREATOR.to_owned())), timestamp: Some(at), ..PdfOptions::default() };
    pdf(&document, &options).map_err(|faults| told(&faults))
}

/// Has everything from now on done by this thread, and none started.
pub fn work_alone() {
    // It fails where somebody has made a pool before, and then that one is used.
    let _ = ThreadPoolBuilder::new().num_threads(1).use_current_thread().build_global();
}

/// What the form says is wrong with the order. Places in the form, and no text of the public.
fn told(faults: &[SourceDiagnostic]) -> Unprintable {
    Unprintable::NotFilledIn(faults.iter().map(|fault| fault.message.as_str()).collect::<Vec<_>>().join("; "))
}

/// All that a form can see of the world: the forms, the order, and our fonts.
struct Desk {
    library: LazyHash<Library>,
    sources: Vec<Source>,
    main: FileId,
}

impl Desk {
    fn new(form: &str, values: Dict) -> Desk {
        let mut inputs = Dict::new();
        inputs.insert("order".into(), values.into_value());
        let library = LazyHash::new(Library::builder().with_inputs(inputs).build());
        let sources = FORMS.iter().map(|(name, text)| Source::new(file(name), (*text).to_owned())).collect();
        Desk { library, sources, main: file(form) }
    }
}

fn file(form: &str) -> FileId {
    let path = VirtualPath::new(format!("{form}.typ")).expect("the names of forms are good names of files");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &Shelf::get().book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.sources.iter().find(|source| source.id() == id).cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        Shelf::get().fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a form of these words comes to.
    fn compiled(form: &str) -> Result<PagedDocument, Unprintable> {
        let main = file("trial");
        let sources = vec![Source::new(main, form.to_owned())];
        let desk = Desk { sources, main, ..Desk::new("sheet", Dict::new()) };
        typst::compile(&desk).output.map_err(|faults| told(&faults))
    }

    #[test]
    fn a_form_sees_nothing_of_the_machine() {
        assert!(compiled("Hello").is_ok());
        for curious in [
            "#read(\"/etc/passwd\")",
            "#read(\"press.rs\")",
            "#image(\"/usr/share/pixmaps/debian-logo.png\")",
            "#include \"/etc/hostname\"",
            "#import \"@preview/cetz:0.3.4\"",
            "#datetime.today()",
        ] {
            assert!(matches!(compiled(curious), Err(Unprintable::NotFilledIn(_))), "{curious}");
        }
    }
}
