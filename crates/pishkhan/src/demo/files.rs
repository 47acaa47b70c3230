//! Files for the demo's letters, made on the spot: a PDF of one page, and a PNG that looks like a scanned page.

use std::fmt::Write;

/// The bytes of a file with this name, of a letter with this subject: no two letters of the demo have the same file.
pub fn made(name: &str, subject: &str) -> Vec<u8> {
    let mark = name
        .bytes()
        .chain(subject.bytes())
        .fold(7_u32, |mark, byte| mark.wrapping_mul(31).wrapping_add(u32::from(byte)));
    match name.rsplit_once('.') {
        Some((_, "png")) => png(mark),
        _ => pdf(mark),
    }
}

/// One A4 page with a frame, ruled lines and a word, with its table of objects as the format demands.
fn pdf(mark: u32) -> Vec<u8> {
    let mut drawing = format!("0.6 w 56 56 483 730 re S BT /F1 20 Tf 80 740 Td (Pishkhan demo {mark:08x}) Tj ET\n");
    for line in 0..18_u32 {
        let (y, end) = (690 - line * 32, 515 - (line * 53 + mark % 139) % 140);
        writeln!(drawing, "80 {y} m {end} {y} l S").expect("a string takes any text");
    }
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R \
         /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{drawing}endstream", drawing.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut text = String::from("%PDF-1.4\n");
    let mut places = String::new();
    for (index, object) in objects.iter().enumerate() {
        // Each line of this table has 20 bytes, two of which end it.
        writeln!(places, "{:010} 00000 n ", text.len()).expect("a string takes any text");
        write!(text, "{} 0 obj\n{object}\nendobj\n", index + 1).expect("a string takes any text");
    }
    let (table, count) = (text.len(), objects.len() + 1);
    write!(
        text,
        "xref\n0 {count}\n0000000000 65535 f \n{places}trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n"
    )
    .expect("a string takes any text");
    text.into_bytes()
}

/// A grey page with darker lines of "writing" and a round stamp.
fn png(mark: u32) -> Vec<u8> {
    const WIDTH: i32 = 420;
    const HEIGHT: i32 = 594;
    // Lines that begin elsewhere, and words that end elsewhere: nineteen by forty-seven papers.
    let (begins, ends) = (i32::try_from(mark % 19).unwrap_or(0), i32::try_from(mark / 19 % 47).unwrap_or(0));
    let shade = |x: i32, y: i32| -> u8 {
        let (from_x, from_y) = (x - 110, y - 480);
        let radius = from_x * from_x + from_y * from_y;
        let is_stamp = (34 * 34..38 * 38).contains(&radius) || (24 * 24..26 * 26).contains(&radius);
        let line = (y - 60) / 26;
        let is_text =
            (0..14).contains(&line) && (y - 60) % 26 < 7 && (50 + begins + (line * 37) % 90..370).contains(&x);
        let is_gap = (x + ends + line * 13) % 47 < 7;
        match (is_stamp, is_text && !is_gap) {
            (true, _) => 0x70,
            (_, true) => 0x40,
            _ => 0xf2,
        }
    };
    let pixels: Vec<u8> = (0..HEIGHT).flat_map(|y| (0..WIDTH).map(move |x| shade(x, y))).collect();
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, WIDTH.unsigned_abs(), HEIGHT.unsigned_abs());
    encoder.set_color(png::ColorType::Grayscale);
    let mut writer = encoder.write_header().expect("a vector takes any bytes");
    writer.write_image_data(&pixels).expect("there is one byte for each dot");
    drop(writer);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_the_pdf_points_at_its_objects() {
        let text = String::from_utf8(pdf(7)).expect("plain ASCII");
        let table = text.find("xref\n").expect("a table");
        assert!(text.ends_with(&format!("startxref\n{table}\n%%EOF\n")));
        let places = text[table..].lines().skip(3).take(5);
        for (index, place) in places.enumerate() {
            let at: usize = place[..10].parse().expect("a place");
            assert!(text[at..].starts_with(&format!("{} 0 obj\n", index + 1)));
        }
    }

    #[test]
    fn the_png_can_be_read() {
        let reader = png::Decoder::new(std::io::Cursor::new(png(7))).read_info().expect("a PNG");
        assert_eq!((reader.info().width, reader.info().height), (420, 594));
    }
}
