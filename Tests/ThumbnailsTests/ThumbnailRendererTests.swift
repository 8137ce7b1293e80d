import Imaging
import TerminalGrid
import Testing
import Thumbnails

@Suite struct ThumbnailRendererTests {
  /// Red from left to right, green from top to bottom, with a bright square in the middle.
  private static func picture(width: Int = 96, height: Int = 64) -> PixelImage {
    var pixels: [UInt8] = []
    for y in 0..<height {
      for x in 0..<width {
        let isInside = abs(x - width / 2) < width / 6 && abs(y - height / 2) < height / 6
        pixels +=
          isInside ? [255, 255, 230] : [UInt8(x * 200 / width), UInt8(y * 200 / height), 40]
      }
    }
    return PixelImage(width: width, height: height, pixels: pixels)
  }

  private static func constant(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> PixelImage {
    PixelImage(
      width: 20, height: 20, pixels: (0..<400).flatMap { _ in [red, green, blue] })
  }

  private static let all = SymbolStyle.allCases.flatMap { style in
    ColorLevel.allCases.map { ThumbnailRenderer(style: style, colorLevel: $0) }
  }

  @Test(arguments: all) func everyStyleDrawsSomethingOfTheRightSize(renderer: ThumbnailRenderer) {
    let grid = renderer.render(Self.picture(), within: Size(width: 24, height: 20))
    // 96 × 64 pixels are three times as many columns as rows, as cells are twice as high as wide.
    #expect(grid.size == Size(width: 24, height: 8))
    #expect(grid.cursor == nil)
    #expect(Set(Self.cells(of: grid)).count > 1)
  }

  @Test(arguments: all) func charactersAndColoursAreThoseOfTheStyle(renderer: ThumbnailRenderer) {
    let grid = renderer.render(Self.picture(), within: Size(width: 30, height: 12))
    let limits: [ColorLevel: ClosedRange<UInt8>] = [
      .full: 16...255, .sixteen: 0...15, .eight: 0...7,
    ]
    for cell in Self.cells(of: grid) {
      #expect(cell.width == 1)
      #expect(Self.belongs(cell.character, to: renderer.style), "\(cell.character)")
      for color in [cell.style.foreground, cell.style.background] {
        guard case .palette(let entry) = color else { continue }
        #expect(limits[renderer.colorLevel]?.contains(entry) == true, "\(entry)")
      }
    }
  }

  private static func belongs(_ character: Character, to style: SymbolStyle) -> Bool {
    guard let scalar = character.unicodeScalars.first?.value else { return false }
    switch style {
    case .ascii: return (0x20..<0x7F).contains(scalar)
    case .halfBlocks: return " ▀▄█".contains(character)
    case .blocks: return scalar == 0x20 || (0x2580...0x259F).contains(scalar)
    case .braille: return scalar == 0x20 || (0x2800...0x28FF).contains(scalar)
    }
  }

  @Test(arguments: SymbolStyle.allCases) func aConstantPictureHasOneColour(style: SymbolStyle) {
    let renderer = ThumbnailRenderer(style: style, colorLevel: .full)
    let grid = renderer.render(Self.constant(255, 0, 0), within: Size(width: 8, height: 4))
    for cell in Self.cells(of: grid) {
      let color =
        " \u{2800}".contains(cell.character) ? cell.style.background : cell.style.foreground
      #expect(color == .palette(196))
    }
  }

  @Test func proportionsAreKeptWithinTheRoom() {
    let renderer = ThumbnailRenderer(style: .blocks, colorLevel: .full)
    func size(_ width: Int, _ height: Int, _ columns: Int, _ rows: Int) -> Size {
      renderer.size(ofWidth: width, height: height, within: Size(width: columns, height: rows))
    }
    #expect(size(100, 100, 40, 10) == Size(width: 20, height: 10))
    #expect(size(100, 100, 10, 10) == Size(width: 10, height: 5))
    #expect(size(5000, 1, 10, 10) == Size(width: 10, height: 1))
    #expect(size(1, 5000, 10, 10) == Size(width: 1, height: 10))
    #expect(size(100, 100, 0, 10) == Size(width: 0, height: 0))
    let square = ThumbnailRenderer(style: .blocks, colorLevel: .full, cellAspect: 1)
    #expect(
      square.size(ofWidth: 100, height: 100, within: Size(width: 40, height: 10))
        == Size(width: 10, height: 10))
    #expect(renderer.render(Self.picture(), within: Size(width: 0, height: 3)).size.width == 0)
  }

  @Test func onePictureGivesOneResult() {
    let renderer = ThumbnailRenderer(style: .blocks, colorLevel: .full)
    let limit = Size(width: 40, height: 20)
    #expect(
      renderer.render(Self.picture(), within: limit)
        == renderer.render(Self.picture(), within: limit))
  }

  private static func cells(of grid: Grid) -> [Cell] {
    (0..<grid.height).flatMap { row in (0..<grid.width).map { grid[$0, row] } }
  }
}
