import PeciaCaptions
import Testing

@Suite struct CaptionProfileTests {
  @Test func `the profiles that the program holds can be read`() throws {
    #expect(
      CaptionProfile.builtIn == [
        "arte", "bbc", "dcmp", "line-21", "netflix", "netflix-children", "youtube",
      ])
    for name in CaptionProfile.builtIn {
      #expect(try CaptionProfile.named(name).name == name)
    }
    let children = try CaptionProfile.named("netflix-children")
    #expect(children.charactersPerLine == 42)
    #expect(children.charactersPerSecond == 17)
    #expect(try CaptionProfile.named("netflix").forLanguage("ja-JP").charactersPerLine == 23)
  }

  @Test func `a profile of one's own extends another`() throws {
    let yaml = """
      name: ours
      extends: netflix
      characters: 36
      gap: 0.12
      """
    let profile = try CaptionProfile(yaml: yaml, file: "ours.yml")
    #expect(profile.charactersPerLine == 36)
    #expect(profile.gap == .milliseconds(120))
    #expect(profile.closesGapsUnder == .frames(12))
  }

  @Test(arguments: [
    ("name: x\nextends: netflix\ncharcters: 3", "the key ‘charcters’ is unknown"),
    ("name: x\nextends: netflix\ncharacters:\n", "‘characters’ wants a whole number"),
    ("name: x\nextends: netflix\nshortest: 2s", "‘shortest’ wants a number, without its unit"),
    ("name: x\n  lines: 2", "line 2, column"), ("", "this is no profile"),
    ("name: x\ncharacters: 40", "is missing"), ("name: x\nextends: nobody", "no caption profile"),
    ("name: x\nextends: netflix\ngap: soon", "write seconds"),
    ("name: x\nextends: netflix\ncharacters: 0", "between 1 and 1000"),
    ("name: x\nextends: netflix\nshortest: 6", "at least twice"), ("- list", "x.yml: "),
    ("name: [", "x.yml: "),
  ])
  func `a profile that cannot be is refused with a reason`(yaml: String, reason: String) {
    let error = #expect(throws: CaptionsError.self) {
      try CaptionProfile(yaml: yaml, file: "x.yml")
    }
    #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
  }
}
