//! Photos bound into one PDF.

use std::fs;
use std::path::PathBuf;

use pishkhan_corpus::Specimen;
use pishkhan_inspect::Kind;
use pishkhan_office::previews::PreviewError;
use pishkhan_testkit::Folder;

use crate::house::{draw, png, workshop};

const RED: [u8; 3] = [200, 30, 30];
const GREEN: [u8; 3] = [30, 160, 30];
const BLUE: [u8; 3] = [30, 30, 200];

/// A photo of one colour.
fn photo(width: u32, height: u32, [red, green, blue]: [u8; 3]) -> (Kind, Vec<u8>) {
    (Kind::Png, png(width, height, |_, _| [red, green, blue, 255]))
}

async fn bind(folder: &Folder, photos: &[(Kind, Vec<u8>)]) -> Result<Vec<u8>, PreviewError> {
    let mut paths: Vec<(Kind, PathBuf)> = Vec::new();
    for (number, (kind, bytes)) in photos.iter().enumerate() {
        let path = folder.path().join(format!("photo-{number}"));
        fs::write(&path, bytes).expect("the folder is writable");
        paths.push((*kind, path));
    }
    let into = folder.path().join("bound.pdf");
    let _ = fs::remove_file(&into);
    let bound = workshop().bind(&paths, &into).await;
    if let Err(error) = bound {
        assert!(!into.exists(), "half a PDF stayed");
        return Err(error);
    }
    Ok(fs::read(into).expect("it is there"))
}

#[tokio::test]
async fn photos_keep_their_order_and_lie_as_they_were_held() {
    let folder = Folder::new();
    let pdf = bind(&folder, &[photo(30, 60, BLUE), photo(60, 30, RED), photo(40, 40, GREEN)]).await.expect("a PDF");
    let drawn = draw(Kind::Pdf, &pdf).await;
    assert_eq!(drawn.pages(), (3, 3));
    for (page, colour) in [(1, BLUE), (2, RED), (3, GREEN)] {
        let image = drawn.image(page);
        assert!(image.is(50, 50, colour), "page {page}: {:?}", image.at(50, 50));
        assert_eq!(image.width > image.height, page == 2, "a broad photo lies across the sheet");
    }
    assert!(drawn.image(3).is(50, 5, [255; 3]), "a square photo leaves the sheet's ends white");
}

/// JPEGs that no reader of PDF knows, or that tell their height only at their end.
const NOT_BOUND: [&str; 4] = [
    "jpeg, arithmetic coding",
    "jpeg, height told behind the scan (DNL)",
    "jpeg, lossless, sixteen bits",
    "jpeg, twelve bits",
];

#[tokio::test]
async fn every_jpeg_of_the_corpus_is_bound_untouched() {
    let folder = Folder::new();
    let mut left = Vec::new();
    for Specimen { name, bytes, expected } in pishkhan_corpus::honest() {
        if !matches!(expected, Ok((Kind::Jpeg, _))) {
            continue;
        }
        match bind(&folder, &[(Kind::Jpeg, bytes.clone())]).await {
            Ok(pdf) => assert!(pdf.windows(bytes.len()).any(|part| part == bytes), "{name}"),
            Err(PreviewError::Broken) => left.push(name),
            Err(error) => panic!("{name}: {error}"),
        }
    }
    left.sort_unstable();
    assert_eq!(left, NOT_BOUND);
}

#[tokio::test]
async fn a_bound_photo_looks_like_itself() {
    let folder = Folder::new();
    for (name, difference) in [
        ("jpeg, grey", 24),
        ("jpeg, colour", 24),
        ("jpeg, progressive", 24),
        ("jpeg, EXIF on its side with a thumbnail", 24),
        // The four inks of print look a little different in each program; upside down they would be white.
        ("jpeg, four inks, Adobe's mark", 96),
    ] {
        let honest = pishkhan_corpus::honest().into_iter();
        let photo = honest.filter(|specimen| specimen.name == name).map(|specimen| (Kind::Jpeg, specimen.bytes)).next();
        let photo = photo.unwrap_or_else(|| panic!("the corpus has no {name}"));
        let pdf = bind(&folder, std::slice::from_ref(&photo)).await.expect("a PDF");
        let sheet = draw(Kind::Pdf, &pdf).await.small_image(1);
        let photo = draw(Kind::Jpeg, &photo.1).await.small_image(1);
        assert_eq!(sheet.width > sheet.height, photo.width > photo.height, "{name}");
        let (on_sheet, as_photo) = (sheet.mean_of(&photo), photo.mean_of(&photo));
        let is_alike = on_sheet.iter().zip(as_photo).all(|(one, other)| one.abs_diff(other) < difference);
        assert!(is_alike, "{name}: {on_sheet:?}, but the photo has {as_photo:?}");
    }
}

#[tokio::test]
async fn the_same_photos_become_the_same_bytes() {
    let folder = Folder::new();
    let photos = [photo(30, 60, BLUE), photo(60, 30, RED)];
    let first = bind(&folder, &photos).await.expect("a PDF");
    assert_eq!(bind(&folder, &photos).await.expect("a PDF"), first);
}

#[tokio::test]
async fn what_is_no_photo_is_not_bound() {
    let folder = Folder::new();
    let refused = bind(&folder, &[photo(3, 3, RED), (Kind::Pdf, b"%PDF-1.4".to_vec())]).await;
    assert!(matches!(refused, Err(PreviewError::NotPossible)), "{refused:?}");
    let refused = bind(&folder, &[photo(3, 3, RED), (Kind::Jpeg, b"\xFF\xD8\xFF\xE0 no more".to_vec())]).await;
    assert!(matches!(refused, Err(PreviewError::Broken)), "{refused:?}");
    let refused = bind(&folder, &[]).await;
    assert!(matches!(refused, Err(PreviewError::Broken)), "{refused:?}");
}
