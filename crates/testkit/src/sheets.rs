//! Reading what stands on the sheets of a PDF, and where.

use hayro::hayro_interpret::font::GlyphRun;
use hayro::hayro_interpret::hayro_cmap::BfString;
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask, TransformExt, interpret_page,
};
use hayro::hayro_syntax::Pdf;
use hayro::kurbo::{BezPath, Point, Rect};

/// A sheet, measured in points from its upper left corner.
#[derive(Debug, Default)]
pub struct Sheet {
    pub width: f64,
    pub height: f64,
    /// Each sign and where its base line begins, in the order of drawing: from left to right.
    pub signs: Vec<(String, Point)>,
    /// Where pictures stand.
    pub pictures: Vec<Rect>,
    /// How many lines and areas were drawn.
    pub strokes: usize,
}

/// The sheets of a PDF.
pub fn sheets(pdf: &[u8]) -> Vec<Sheet> {
    let pdf = Pdf::new(pdf.to_vec()).expect("it is a PDF");
    let cache = InterpreterCache::new();
    let read = |page| {
        let page: &hayro::hayro_syntax::page::Page<'_> = page;
        let (width, height) = page.render_dimensions();
        let (width, height) = (f64::from(width), f64::from(height));
        let mut sheet = Sheet { width, height, ..Sheet::default() };
        let upright = page.initial_transform(true).to_kurbo();
        let bounds = Rect::new(0.0, 0.0, width, height);
        let mut context = Context::new(upright, bounds, &cache, page.xref(), InterpreterSettings::default());
        interpret_page(page, &mut context, &mut sheet);
        sheet
    };
    pdf.pages().iter().map(read).collect()
}

impl Sheet {
    /// All signs as they were drawn.
    pub fn text(&self) -> String {
        self.signs.iter().map(|(sign, _)| sign.as_str()).collect()
    }

    /// Fails unless each word of the sentence stands there; Persian words are drawn from their end.
    pub fn says(&self, sentence: &str) {
        let text = self.text();
        for word in sentence.split_whitespace() {
            let from_its_end: String = word.chars().rev().collect();
            assert!(text.contains(word) || text.contains(&from_its_end), "{word} is not in {text}");
        }
    }
}

impl<'a> Device<'a> for Sheet {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {
        self.strokes += 1;
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        for glyph in run.glyphs() {
            let sign = match glyph.as_unicode() {
                Some(BfString::Char(sign)) => sign.to_string(),
                Some(BfString::String(signs)) => signs,
                None => String::new(),
            };
            self.signs.push((sign, props.transform * glyph.transform() * Point::ORIGIN));
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        let pixels = Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        self.pictures.push(props.transform.transform_rect_bbox(pixels));
    }

    fn push_clip_path(&mut self, _: &ClipPath) {}

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}
