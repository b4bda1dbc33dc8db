import Foundation
import Testing

@testable import PeciaWorkflow

@Suite struct OutsideAlignerTests {
  @Test func `an aligner that hangs is ended with all that it started`() {
    let aligner = OutsideAligner(command: "sleep 60 | cat", patience: .zero)
    let begun = ContinuousClock.now
    do {
      _ = try aligner.times(of: [], in: "no.wav", language: "en")
      Issue.record("it was believed")
    } catch {
      #expect("\(error)" == "the aligner was still at work after 0 s")
    }
    #expect(ContinuousClock.now - begun < .seconds(30))
  }
}
