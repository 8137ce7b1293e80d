import Testing
import WebAccess

@Suite struct NetworkAddressTests {
  @Test(arguments: [
    "0.0.0.0", "10.0.0.1", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.0.9",
    "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.88.99.1",
    "192.168.1.1", "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.7", "224.0.0.1",
    "240.0.0.1", "255.255.255.255", "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1",
    "::ffff:10.1.2.3", "::ffff:169.254.169.254", "64:ff9b::7f00:1", "64:ff9b::a00:1",
    "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::1", "3fff::1", "fc00::1",
    "fd12:3456::1", "fe80::1", "fec0::1", "ff02::1",
  ])
  func privateAndReservedAddressesAreNotPublic(_ text: String) throws {
    #expect(try !#require(NetworkAddress(text)).isPublic)
  }

  @Test(arguments: [
    "1.1.1.1", "9.255.255.255", "11.0.0.1", "100.63.255.255", "100.128.0.0", "126.1.1.1",
    "128.0.0.1", "169.253.1.1", "172.15.255.255", "172.32.0.1", "192.0.1.1", "192.167.1.1",
    "198.17.1.1", "198.20.0.1", "223.255.255.255", "::ffff:8.8.8.8", "64:ff9b::808:808",
    "2001:200::1", "2003::1", "2606:4700::1111", "3ffe::1",
  ])
  func addressesBesideThemArePublic(_ text: String) throws {
    #expect(try #require(NetworkAddress(text)).isPublic)
  }

  @Test(arguments: ["", "host", "1.2.3", "1.2.3.4.5", "0x7f.0.0.1", "127.1", "::g"])
  func whatIsNoAddressIsNone(_ text: String) {
    #expect(NetworkAddress(text) == nil)
  }

  @Test func addressesAreWrittenAsTheyAreRead() {
    for text in ["127.0.0.1", "2001:db8::1", "::1"] {
      #expect(NetworkAddress(text)?.description == text)
    }
  }
}
