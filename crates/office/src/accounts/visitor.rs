//! Who is at the door before we know their name: an address on the network.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whoever sent the request, as far as the network tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Visitor {
    address: IpAddr,
}

impl Visitor {
    /// An IPv4 address that came written as IPv6 is taken for what it is.
    pub fn at(address: IpAddr) -> Visitor {
        Visitor { address: address.to_canonical() }
    }

    pub fn address(&self) -> IpAddr {
        self.address
    }

    /// The network that one person or company has in hand: the /24 of IPv4, the /64 of IPv6.
    pub fn network(&self) -> String {
        match self.address {
            IpAddr::V4(address) => {
                let [a, b, c, _] = address.octets();
                format!("{}/24", Ipv4Addr::new(a, b, c, 0))
            }
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                format!("{}/64", Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
            }
        }
    }

    /// What counts as one address in limits. Each host of IPv6 has 2⁶⁴ addresses to choose from, so there it is the /64.
    pub(super) fn subject(&self) -> String {
        match self.address {
            IpAddr::V4(address) => address.to_string(),
            IpAddr::V6(_) => self.network(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn visitor(address: &str) -> Visitor {
        Visitor::at(address.parse().expect("an address"))
    }

    #[test]
    fn networks_are_24_and_64_bits_wide() {
        assert_eq!(visitor("192.0.2.77").network(), "192.0.2.0/24");
        assert_eq!(visitor("::ffff:192.0.2.77").network(), "192.0.2.0/24");
        assert_eq!(visitor("2001:db8:1:2:3:4:5:6").network(), "2001:db8:1:2::/64");
    }

    #[test]
    fn one_host_of_ipv6_counts_once() {
        assert_eq!(visitor("2001:db8::1").subject(), visitor("2001:db8::2").subject());
        assert_ne!(visitor("192.0.2.1").subject(), visitor("192.0.2.2").subject());
    }
}
