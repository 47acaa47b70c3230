//! How large a picture may be, by what its header says: nobody decodes one to find out.

use crate::Refusal;

/// The longest side in pixels. An A0 sheet at 400 dpi has 18,700.
pub(crate) const LONGEST_SIDE: u64 = 20_000;
/// The most pixels in all. An A0 sheet at 300 dpi has 140 million, the largest phones' photos 199.8 million (16,320 × 12,240).
pub(crate) const MOST_PIXELS: u64 = 200_000_000;

/// Says no to a picture without pixels and to one with too many.
pub(crate) fn check(width: u64, height: u64) -> Result<(), Refusal> {
    if width == 0 || height == 0 {
        return Err(Refusal::Damaged);
    }
    if width > LONGEST_SIDE || height > LONGEST_SIDE || width * height > MOST_PIXELS {
        return Err(Refusal::TooLarge);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limits_themselves_pass() {
        assert_eq!(check(20_000, 10_000), Ok(()));
        assert_eq!(check(16_320, 12_240), Ok(()), "a phone's largest photo");
        assert_eq!(check(20_000, 10_001), Err(Refusal::TooLarge));
        assert_eq!(check(20_001, 1), Err(Refusal::TooLarge));
        assert_eq!(check(u64::MAX, u64::MAX), Err(Refusal::TooLarge));
        assert_eq!(check(0, 7), Err(Refusal::Damaged));
    }
}
