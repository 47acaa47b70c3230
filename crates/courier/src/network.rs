//! Networks of addresses: from which a route may be called, and whose proxies are believed.

use std::net::IpAddr;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// All addresses that share the first `prefix` bits with `address`. It is written as in `10.0.0.0/8`; an address alone is a network of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Network {
    /// One of them.
    pub address: IpAddr,
    /// How many bits they share.
    pub prefix: u8,
}

/// What is wrong with a text that should name a network. The text isn't repeated: it may be a key in the wrong place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("is neither an address nor a network such as 10.0.0.0/8")]
pub struct NotANetwork;

impl Network {
    /// Whether the address lies in it, also when it is an IPv4 one that is written as IPv6.
    pub fn contains(&self, address: IpAddr) -> bool {
        match (self.address, address.to_canonical()) {
            (IpAddr::V4(network), IpAddr::V4(address)) => {
                let mask = u32::MAX.checked_shl(32 - u32::from(self.prefix.min(32))).unwrap_or(0);
                network.to_bits() & mask == address.to_bits() & mask
            }
            (IpAddr::V6(network), IpAddr::V6(address)) => {
                let mask = u128::MAX.checked_shl(128 - u32::from(self.prefix.min(128))).unwrap_or(0);
                network.to_bits() & mask == address.to_bits() & mask
            }
            _ => false,
        }
    }
}

impl FromStr for Network {
    type Err = NotANetwork;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (address, prefix) = text.split_once('/').map_or((text, None), |(address, prefix)| (address, Some(prefix)));
        let address: IpAddr = address.trim().parse().map_err(|_| NotANetwork)?;
        let bits = if address.is_ipv4() { 32 } else { 128 };
        let prefix = match prefix {
            Some(prefix) => prefix.trim().parse().map_err(|_| NotANetwork)?,
            None => bits,
        };
        if prefix > bits {
            return Err(NotANetwork);
        }
        Ok(Self { address, prefix })
    }
}

impl TryFrom<String> for Network {
    type Error = NotANetwork;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Network> for String {
    fn from(network: Network) -> Self {
        format!("{}/{}", network.address, network.prefix)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn network(text: &str) -> Network {
        text.parse().expect("a network of this test")
    }

    #[test]
    fn a_plain_address_is_a_network_of_one() {
        for (text, prefix) in [("127.0.0.1", 32), ("::1", 128), ("10.0.0.0/8", 8), ("fd00::/8", 8), ("0.0.0.0/0", 0)] {
            assert_eq!(network(text).prefix, prefix, "{text}");
        }
    }

    #[test]
    fn nonsense_is_refused() {
        for text in
            ["", "proxy", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/8/8", "::/129", "10.0.0.0/-1", "10.0.0.0-10.0.0.9"]
        {
            assert_eq!(text.parse::<Network>(), Err(NotANetwork), "{text}");
        }
    }

    #[test]
    fn what_shares_the_first_bits_lies_in_it() {
        for (text, inside, outside) in [
            ("185.110.20.0/24", "185.110.20.255", "185.110.21.0"),
            ("185.110.20.77/24", "185.110.20.0", "185.110.19.255"),
            ("185.110.20.0/23", "185.110.21.9", "185.110.22.0"),
            ("185.110.20.7", "185.110.20.7", "185.110.20.6"),
            ("185.110.20.7", "::ffff:185.110.20.7", "::ffff:185.110.20.6"),
            ("0.0.0.0/0", "203.0.113.9", "2001:db8::9"),
            ("2a01::/32", "2a01:0:ffff::1", "2a01:1::1"),
            ("::/0", "2001:db8::9", "203.0.113.9"),
        ] {
            let is_in = |address: &str| network(text).contains(address.parse().expect("an address of this test"));
            assert!(is_in(inside) && !is_in(outside), "{text}");
        }
    }

    #[test]
    fn a_network_is_kept_as_it_is_written() {
        let kept =
            serde_json::to_string(&[network("185.110.20.0/24"), network("2a01::/32")]).expect("it can be written");
        assert_eq!(kept, r#"["185.110.20.0/24","2a01::/32"]"#);
        let read: Vec<Network> = serde_json::from_str(&kept).expect("it can be read");
        assert_eq!(read, [network("185.110.20.0/24"), network("2a01::/32")]);
    }
}
