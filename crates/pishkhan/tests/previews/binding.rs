//! Photos bound into one PDF.

use std::fs;
use std::path::PathBuf;

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

#[tokio::test]
async fn every_jpeg_of_the_corpus_is_bound_untouched_and_looks_like_itself() {
    let folder = Folder::new();
    let mut bound = 0;
    for specimen in pishkhan_corpus::honest() {
        let Ok((Kind::Jpeg, _)) = specimen.expected else { continue };
        let alone = draw(Kind::Jpeg, &specimen.bytes).await;
        if alone.made.is_err() {
            continue;
        }
        let pdf = match bind(&folder, &[(Kind::Jpeg, specimen.bytes.clone())]).await {
            Ok(pdf) => pdf,
            Err(error) => panic!("{}: {error}", specimen.name),
        };
        assert!(pdf.windows(specimen.bytes.len()).any(|part| part == specimen.bytes), "{}", specimen.name);
        let sheet = draw(Kind::Pdf, &pdf).await.image(1);
        let photo = alone.image(1);
        assert_eq!(sheet.width > sheet.height, photo.width > photo.height, "{}", specimen.name);
        let (on_sheet, as_photo) = (sheet.at(50, 50), photo.at(50, 50));
        let is_alike = on_sheet.iter().zip(as_photo).all(|(one, other)| one.abs_diff(other) < 48);
        assert!(is_alike, "{}: {on_sheet:?}, but the photo has {as_photo:?}", specimen.name);
        bound += 1;
    }
    assert!(bound >= 5, "the corpus has JPEGs of many shapes");
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
