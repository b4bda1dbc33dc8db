import Testing

@testable import PeciaStitch

@Suite struct LongAlignmentTests {
  @Test func `beyond a number of errors the distance of two texts is estimated`() {
    let said = (0..<6000).map { Int32($0 % 700) }
    let typed = said.enumerated().map { $0 % 10 == 3 ? Int32(9000 + $0) : $1 }
    #expect(LongAlignment.fewestErrors(said, typed) == 600)
    #expect(LongAlignment.fewestErrors(said, typed, most: 600) == 600)
    let estimate = LongAlignment.fewestErrors(said, typed, most: 60)
    #expect((550...650).contains(estimate), "\(estimate)")
    let other = said.map { $0 + 10_000 }
    #expect(LongAlignment.fewestErrors(said, other, most: 60) == 6000)
    #expect(LongAlignment.fewestErrors(said, [], most: 60) == 6000)
  }
}
