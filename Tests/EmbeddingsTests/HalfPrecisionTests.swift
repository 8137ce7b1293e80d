import Embeddings
import Testing

@Suite struct HalfPrecisionTests {
  @Test func allHalvesSurviveTheRoundTrip() throws {
    let bytes = (0...UInt16.max).flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let numbers = try #require(HalfPrecision.numbers(of: bytes))
    let again = HalfPrecision.bytes(of: numbers)
    for half in 0...Int(UInt16.max) where !numbers[half].isNaN {
      #expect(bytes[2 * half..<2 * half + 2] == again[2 * half..<2 * half + 2], "half \(half)")
    }
    // 2 · 1,023 bit patterns stand for not-a-number.
    #expect(numbers.filter(\.isNaN).count == 2046)
    #expect(HalfPrecision.numbers(of: again)?.filter(\.isNaN).count == 2046)
  }

  @Test func knownHalvesHaveTheirBits() {
    #expect(HalfPrecision.bytes(of: [1, -2, 0.5]) == [0x00, 0x3C, 0x00, 0xC0, 0x00, 0x38])
    #expect(HalfPrecision.bytes(of: [65_504, 65_520]) == [0xFF, 0x7B, 0x00, 0x7C])
    #expect(HalfPrecision.bytes(of: [0x1p-24, 0x1p-26]) == [0x01, 0x00, 0x00, 0x00])
    // Halfway between two halves: to the even one.
    #expect(HalfPrecision.bytes(of: [1 + 0x1p-11, 1 + 0x3p-11]) == [0x00, 0x3C, 0x02, 0x3C])
  }

  @Test func oddCountOfBytesIsRefused() {
    #expect(HalfPrecision.numbers(of: [0]) == nil)
    #expect(HalfPrecision.numbers(of: []) == [])
  }
}
