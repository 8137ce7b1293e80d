import TerminalGrid
import Testing

@Suite struct RectangleTests {
  let rectangle = Rectangle(column: 2, row: 3, width: 10, height: 4)

  @Test func cutsNeverTakeMoreThanThereIs() {
    #expect(rectangle.splitTop(9).top == rectangle)
    #expect(rectangle.splitTop(9).rest.isEmpty)
    #expect(rectangle.splitLeft(-1).rest == rectangle)
    let (rest, right) = rectangle.splitRight(3)
    #expect(rest == Rectangle(column: 2, row: 3, width: 7, height: 4))
    #expect(right == Rectangle(column: 9, row: 3, width: 3, height: 4))
    #expect(rectangle.splitBottom(1).bottom == Rectangle(column: 2, row: 6, width: 10, height: 1))
  }

  @Test func insetAndCenterStayInside() {
    #expect(rectangle.inset() == Rectangle(column: 3, row: 4, width: 8, height: 2))
    #expect(rectangle.inset(horizontal: 6, vertical: 9).isEmpty)
    #expect(
      rectangle.centered(width: 4, height: 2) == Rectangle(column: 5, row: 4, width: 4, height: 2))
    #expect(rectangle.centered(width: 99, height: 99) == rectangle)
  }

  @Test func intersectionOfStrangersIsEmpty() {
    #expect(rectangle.intersection(Rectangle(column: 50, row: 0, width: 5, height: 9)).isEmpty)
    #expect(rectangle.line(4).isEmpty)
    #expect(rectangle.line(0) == Rectangle(column: 2, row: 3, width: 10, height: 1))
  }
}
