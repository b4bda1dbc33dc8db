import Foundation
import PeciaCaptions
import PeciaCore
import Testing

/// TTML and EAF.
@Suite struct XMLReadersTests {
  @Test func `TTML is read with nested times, styles and every time expression`() throws {
    let text = """
      <?xml version="1.0"?>
      <!-- a comment -->
      <tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttp="http://www.w3.org/ns/ttml#parameter"
          xmlns:tts="http://www.w3.org/ns/ttml#styling" xmlns:ttm="http://www.w3.org/ns/ttml#metadata"
          xml:lang="de" ttp:frameRate="25" ttp:tickRate="10">
        <head><metadata><ttm:agent xml:id="a"><ttm:name>Ana</ttm:name></ttm:agent></metadata>
        <styling><style xml:id="base" tts:fontStyle="italic"/><style xml:id="s" style="base"/></styling></head>
        <body begin="10s"><div>
          <p begin="00:00:01.5" end="00:00:02:05" ttm:agent="a">  A &amp;
             <span style="s">B</span><br/>C </p>
          <p begin="50t" dur="36f">ticks</p>
          <p begin="0.001h" end="4s" xml:id="x">one <span begin="100ms">two</span></p>
          <p begin="20s" dur="1s"><![CDATA[<raw>]]><span tts:display="none">hidden</span></p>
          <p begin="30s" dur="1s" xml:space="preserve"> kept  as is </p>
        </div><div timeContainer="seq" begin="100s">
          <p dur="1s">first</p><p begin="1s" dur="1s">second</p>
        </div></body>
      </tt>
      """
    let read = try captions(text, .ttml)
    #expect(
      shown(read) == [
        "11.500-12.200 A & B/C", "13.600-13.700 one", "13.700-14.000 one two",
        "15.000-16.440 ticks", "30.000-31.000 <raw>", "40.000-41.000  kept  as is ",
        "110.000-111.000 first", "112.000-113.000 second",
      ])
    #expect(read.language == "de")
    #expect(read.cues[0].speaker == "Ana")
    #expect(read.cues[1].id == "x")
    #expect(read.entries[0].spans.map(\.style) == [[], .italic, []])
  }

  @Test(arguments: [
    ("<!DOCTYPE tt [<!ENTITY a \"b\">]><tt/>", "document types are refused"),
    ("<tt><body></tt>", "closes nothing that is open"), ("<tt>", "never closed"),
    ("<tt a='1' a='2'/>", "stands twice"), ("<tt a=1/>", "no quotes"), ("<tt>&x;</tt>", "‘&amp;’"),
    ("<tt/><tt/>", "second outermost"), ("<tt>]]></tt>", "stands in text"),
    ("<p:tt/>", "not declared"), ("<tt><!-- </tt>", "never ends"), ("<a/>", "no TTML"),
    ("<tt>\u{1}</tt>", "control"),
  ])
  func `what is no XML is refused with a reason`(text: String, reason: String) {
    let error = #expect(throws: CaptionsError.self) { try captions(text, .ttml) }
    #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
  }

  @Test func `a document nested too deep is refused`() {
    let text = String(repeating: "<tt>", count: 100_000)
    let error = #expect(throws: CaptionsError.self) { try captions(text, .ttml) }
    #expect(error?.description.contains("nested too deep") == true)
  }

  @Test func `EAF is read with slots that lack a time`() throws {
    let text = """
      <ANNOTATION_DOCUMENT><HEADER/><TIME_ORDER><TIME_SLOT TIME_SLOT_ID="ts1" TIME_VALUE="1000"/>
      <TIME_SLOT TIME_SLOT_ID="ts2"/><TIME_SLOT TIME_SLOT_ID="ts3" TIME_VALUE="3000"/></TIME_ORDER>
      <TIER TIER_ID="t" PARTICIPANT="Ana"><ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a1"
      TIME_SLOT_REF1="ts2" TIME_SLOT_REF2="ts3"><ANNOTATION_VALUE>Two &amp; two</ANNOTATION_VALUE>
      </ALIGNABLE_ANNOTATION></ANNOTATION><ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a2"
      TIME_SLOT_REF1="ts1" TIME_SLOT_REF2="ts2"><ANNOTATION_VALUE>One</ANNOTATION_VALUE>
      </ALIGNABLE_ANNOTATION></ANNOTATION></TIER></ANNOTATION_DOCUMENT>
      """
    let read = try captions(text, .eaf)
    #expect(shown(read) == ["1.000-2.000 One", "2.000-3.000 Two & two"])
    #expect(read.cues.map(\.speaker) == ["Ana", "Ana"])
  }
}
