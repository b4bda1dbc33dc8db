import PeciaCore

/// Writes ELAN's annotation format (`.eaf`), version 3.0: a tier for each speaker, an annotation
/// for each cue.
struct EAFWriter {
  /// Where the sound is, as seen from the file; nil for none.
  var sound: String?

  private struct Annotation {
    var entry: Captions.Entry
    var start: Int
    var end: Int
    /// The numbers of its time slots.
    var slots = (0, 0)
  }

  func write(_ captions: Captions) -> Rendered {
    var losses = Losses()
    var tiers: [(name: String, annotations: [Annotation])] = []
    for entry in captions.entries.sorted(by: { $0.cue.range.lowerBound < $1.cue.range.lowerBound })
    {
      if entry.cue.speaker == nil, entry.hasSpeaker {
        losses.note("cannot hold two speakers in one cue")
      }
      if entry.isMarked { losses.note("cannot hold markup") }
      if entry.cue.settings != nil { losses.note("cannot hold settings and positions") }
      let name = entry.cue.speaker ?? "transcript"
      let place = tiers.firstIndex { $0.name == name } ?? tiers.count
      if place == tiers.count { tiers.append((name, [])) }
      // Annotations of a tier never overlap, and last at least a millisecond.
      let start = max(
        entry.cue.range.lowerBound.milliseconds, tiers[place].annotations.last?.end ?? 0)
      let end = max(start + 1, entry.cue.range.upperBound.milliseconds)
      if (start, end) != (
        entry.cue.range.lowerBound.milliseconds, entry.cue.range.upperBound.milliseconds
      ) {
        losses.note("has no overlaps in a tier and nothing without length; times were moved")
      }
      tiers[place].annotations.append(Annotation(entry: entry, start: start, end: end))
    }
    return Rendered(text: document(&tiers), losses: losses.sentences("EAF"))
  }

  private func document(_ tiers: inout [(name: String, annotations: [Annotation])]) -> String {
    let slots = number(&tiers)
    var text = """
      <?xml version="1.0" encoding="UTF-8"?>
      <ANNOTATION_DOCUMENT AUTHOR="" DATE="1970-01-01T00:00:00+00:00" FORMAT="3.0" VERSION="3.0" \
      xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
      xsi:noNamespaceSchemaLocation="http://www.mpi.nl/tools/elan/EAFv3.0.xsd">
          <HEADER MEDIA_FILE="" TIME_UNITS="milliseconds">\(media)
              <PROPERTY NAME="lastUsedAnnotationId">\(slots.count / 2)</PROPERTY>
          </HEADER>
          <TIME_ORDER>

      """
    for (index, time) in slots.enumerated() {
      text += "        <TIME_SLOT TIME_SLOT_ID=\"ts\(index + 1)\" TIME_VALUE=\"\(time)\"/>\n"
    }
    text += "    </TIME_ORDER>\n"
    var number = 0
    for tier in tiers {
      let name = XMLText.escaped(tier.name)
      text += "    <TIER LINGUISTIC_TYPE_REF=\"default-lt\" PARTICIPANT=\"\(name)\" "
      text += "TIER_ID=\"\(name)\">\n"
      for annotation in tier.annotations {
        number += 1
        text += """
                  <ANNOTATION>
                      <ALIGNABLE_ANNOTATION ANNOTATION_ID="a\(number)" \
          TIME_SLOT_REF1="ts\(annotation.slots.0)" TIME_SLOT_REF2="ts\(annotation.slots.1)">
                          <ANNOTATION_VALUE>\(XMLText.escaped(annotation.entry.cue.text))</ANNOTATION_VALUE>
                      </ALIGNABLE_ANNOTATION>
                  </ANNOTATION>

          """
      }
      text += "    </TIER>\n"
    }
    return text + Self.ending
  }

  private var media: String {
    guard let sound else { return "" }
    let address = XMLText.escaped(sound)
    return
      "\n        <MEDIA_DESCRIPTOR MEDIA_URL=\"\(address)\" MIME_TYPE=\"\(mimeType(of: sound))\" "
      + "RELATIVE_MEDIA_URL=\"./\(address)\"/>"
  }

  /// Gives the annotations their slots; the slots' times, rising.
  private func number(_ tiers: inout [(name: String, annotations: [Annotation])]) -> [Int] {
    var ends: [(time: Int, isEnd: Bool, tier: Int, place: Int)] = []
    for (tier, annotations) in tiers.map(\.annotations).enumerated() {
      for (place, annotation) in annotations.enumerated() {
        ends.append((annotation.start, false, tier, place))
        ends.append((annotation.end, true, tier, place))
      }
    }
    ends.sort { ($0.time, $0.tier, $0.place) < ($1.time, $1.tier, $1.place) }
    for (index, end) in ends.enumerated() {
      if end.isEnd {
        tiers[end.tier].annotations[end.place].slots.1 = index + 1
      } else {
        tiers[end.tier].annotations[end.place].slots.0 = index + 1
      }
    }
    return ends.map(\.time)
  }

  private static let ending = """
        <LINGUISTIC_TYPE GRAPHIC_REFERENCES="false" LINGUISTIC_TYPE_ID="default-lt" TIME_ALIGNABLE="true"/>
        <CONSTRAINT DESCRIPTION="Time subdivision of parent annotation's time interval, no time gaps \
    allowed within this interval" STEREOTYPE="Time_Subdivision"/>
        <CONSTRAINT DESCRIPTION="Symbolic subdivision of a parent annotation. Annotations refering to \
    the same parent are ordered" STEREOTYPE="Symbolic_Subdivision"/>
        <CONSTRAINT DESCRIPTION="1-1 association with a parent annotation" \
    STEREOTYPE="Symbolic_Association"/>
        <CONSTRAINT DESCRIPTION="Time alignable annotations within the parent annotation's time \
    interval, gaps are allowed" STEREOTYPE="Included_In"/>
    </ANNOTATION_DOCUMENT>

    """
}

/// What kind of sound a file's ending stands for.
func mimeType(of path: String) -> String {
  switch path.split(separator: ".").last?.lowercased() {
  case "mp3": "audio/mpeg"
  case "ogg", "opus", "oga": "audio/ogg"
  case "flac": "audio/flac"
  case "m4a", "mp4", "aac": "audio/mp4"
  default: "audio/x-wav"
  }
}
