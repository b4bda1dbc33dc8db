import PeciaCore
import Testing

@Suite struct TimestampTests {
  @Test(arguments: [(0, "0.000"), (12_480, "12.480"), (7, "0.007"), (-1_050, "-1.050")])
  func `a time is written as seconds with three decimals`(milliseconds: Int, text: String) {
    #expect(Timestamp(milliseconds: milliseconds).description == text)
  }

  @Test(arguments: [("12", 12_000), ("12.5", 12_500), ("0.0004", 0), ("12.480", 12_480)])
  func `decimal seconds are read`(text: String, milliseconds: Int) {
    #expect(Timestamp(decimalSeconds: text)?.milliseconds == milliseconds)
  }

  @Test(arguments: ["", ".5", "1.", "-1", "1e3", "1,5", "inf", "12345678901"])
  func `anything else is no time`(text: String) {
    #expect(Timestamp(decimalSeconds: text) == nil)
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity, 1e300])
  func `no number of seconds crashes`(seconds: Double) {
    #expect(abs(Timestamp(seconds: seconds).milliseconds) <= 1_000_000_000_000)
  }
}
