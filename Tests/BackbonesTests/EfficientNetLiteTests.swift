import Testing

@testable import Backbones

@Suite struct EfficientNetLiteTests {
  @Test func stagesHaveThePublishedSizes() {
    let lite0 = Backbone.lite0.architecture
    #expect(lite0.stages.map(\.count) == [1, 2, 2, 3, 3, 4, 1])
    #expect(lite0.stages.map { $0[0].outputChannelCount } == [16, 24, 40, 80, 112, 192, 320])
    let lite2 = Backbone.lite2.architecture
    #expect(lite2.stages.map(\.count) == [1, 3, 3, 4, 4, 5, 1])
    #expect(lite2.stages.map { $0[0].outputChannelCount } == [16, 24, 48, 88, 120, 208, 352])
  }

  @Test func channelsFitFromBlockToBlock() {
    for backbone in Backbone.all {
      let blocks = backbone.architecture.stages.flatMap { $0 }
      for (block, next) in zip(blocks, blocks.dropFirst()) {
        #expect(block.outputChannelCount == next.inputChannelCount)
      }
    }
  }

  @Test func paddingIsThatOfTensorFlow() {
    #expect(SamePadding(size: 224, kernel: 3, stride: 2) == padding(0, 1, 112))
    #expect(SamePadding(size: 65, kernel: 5, stride: 2) == padding(2, 2, 33))
    #expect(SamePadding(size: 130, kernel: 5, stride: 2) == padding(1, 2, 65))
    #expect(SamePadding(size: 7, kernel: 1, stride: 1) == padding(0, 0, 7))
    #expect(SamePadding(size: 9, kernel: 5, stride: 1) == padding(2, 2, 9))
  }

  @Test func paddingGivesEveryPositionItsWindow() {
    for size in 1..<70 {
      for (kernel, stride) in [(1, 1), (3, 1), (5, 1), (3, 2), (5, 2)] {
        let padding = SamePadding(size: size, kernel: kernel, stride: stride)
        let padded = size + padding.before + padding.after
        #expect((padded - kernel) / stride + 1 == padding.outputSize)
        #expect(0...1 ~= padding.after - padding.before)
      }
    }
  }

  private func padding(_ before: Int, _ after: Int, _ outputSize: Int) -> SamePadding {
    SamePadding(before: before, after: after, outputSize: outputSize)
  }
}
