import PeciaCore
import PeciaStyle
import Testing

/// The same words pass one guide and fail another.
@Suite struct StyleDifferenceTests {
  @Test(arguments: [
    (
      "Um, I went.", ["full-verbatim", "legal", "interview-research"],
      ["clean-verbatim", "captions", "oral-history"]
    ),
    (
      "I'm gonna go.", ["full-verbatim", "legal", "interview-research"],
      ["clean-verbatim", "captions"]
    ),
    ("I was, I was late.", ["full-verbatim", "legal", "interview-research"], ["clean-verbatim"]),
    ("I—well, no.", ["oral-history", "clean-verbatim"], ["legal", "captions"]),
    ("I was -- no.", ["legal", "captions"], ["oral-history", "clean-verbatim"]),
    ("I had forty-five of them.", ["oral-history", "full-verbatim"], []),
    (
      "I had 45 of them.", ["clean-verbatim", "legal", "captions"],
      ["oral-history", "full-verbatim", "speech-data"]
    ),
    ("OK then.", ["captions"], ["clean-verbatim", "oral-history", "legal", "interview-research"]),
    ("Okay then.", ["clean-verbatim", "legal"], ["captions"]),
    (
      "[laughs] Yes.", ["full-verbatim", "oral-history", "captions"],
      ["legal", "interview-research"]
    ),
    ("(laughs) Yes.", ["interview-research"], ["clean-verbatim", "captions", "oral-history"]),
    ("LEE: Yes.", ["oral-history", "legal"], ["interview-research"]),
    ("P1: Yes.", ["interview-research"], ["oral-history", "legal"]),
  ])
  func `guides differ`(text: String, pass: [String], fail: [String]) throws {
    for name in pass + fail {
      let findings = try Guide.named(name).findings(in: text).filter { $0.level == .error }
      #expect(findings.isEmpty == pass.contains(name), "\(name): \(findings.map(\.rule))")
    }
  }

  @Test(arguments: [
    "and so um we went  ", "GONNA [Whatever] (x) 3 -- …", "no end and no start", "…", "f*** 10000",
    "Ana: hi\nbob: yo\n", "", "\n\n\n",
  ])
  func `under plain any wording passes`(text: String) throws {
    let findings = try Guide.named("plain").findings(in: text)
    #expect(findings.filter { $0.level == .error } == [])
  }

  @Test(arguments: [
    "and so we went on", "And so we went on", "down the road. Then we", "[silence]",
    "Ana: so we went",
    "<2.5> and then we\n", "[inaudible] and so",
  ])
  func `a clip may begin and end in mid-sentence`(text: String) throws {
    for name in ["clean-verbatim", "full-verbatim", "captions", "oral-history"] {
      let findings = try Guide.named(name).findings(in: text)
        .filter { $0.level == .error && $0.rule != "speaker.form" }
      #expect(findings.map(\.rule) == [], "\(name)")
    }
    let whole = try Guide.named("clean-verbatim").findings(
      in: "and so we went on", as: .transcript())
    #expect(whole.map(\.rule) == ["sentence.capital", "sentence.end"])
  }

  @Test func `what may differ is taken from the guide's own rules`() throws {
    let clean = try Guide.named("clean-verbatim").normalisation
    #expect(clean.ignoredWords.isSuperset(of: ["um", "uh", "er"]))
    #expect(clean.sameSpellings["gonna"] == "going to")
    #expect(clean.ignoresRepeats)
    let full = try Guide.named("full-verbatim").normalisation
    #expect(full.ignoredWords == [])
    #expect(full.sameSpellings["umm"] == "um")
    #expect(full.sameSpellings["gonna"] == nil)
    #expect(!full.ignoresRepeats)
  }
}
