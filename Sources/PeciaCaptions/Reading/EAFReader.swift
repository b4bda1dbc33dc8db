import PeciaCore

/// Reads ELAN's annotation format (`.eaf`): the annotations of its tiers, a speaker a tier.
struct EAFReader {
  let file: String

  private struct Annotation {
    var start: Int
    var end: Int
    var text: String
    var speaker: String?
  }

  func read(_ text: String) throws -> CaptionReading {
    let root: XMLElement
    do {
      root = try XMLReader.document(text)
    } catch {
      throw CaptionsError.damaged(file: file, line: error.line, reason: error.reason)
    }
    guard root.name.local == "ANNOTATION_DOCUMENT" else {
      throw CaptionsError.damaged(
        file: file, line: root.line,
        reason: "the outermost element is ‘\(root.name.local)’, so this is no ELAN file")
    }
    var notices = Notices()
    let slots = slots(root.elements("TIME_ORDER").first)
    let tiers = root.elements("TIER")
    var annotations: [Annotation] = []
    for tier in tiers {
      if tier.attribute("PARENT_REF") != nil {
        notices.note("a tier that depends on another was passed over", tier.line)
        continue
      }
      annotations += read(tier, slots, &notices)
    }
    annotations.sort { ($0.start, $0.end) < ($1.start, $1.end) }
    let entries = annotations.map { annotation in
      Captions.Entry(
        Cue(
          range: .init(lenient: (annotation.start, annotation.end)), text: annotation.text,
          speaker: annotation.speaker))
    }
    return CaptionReading(
      .captions(Captions(entries: entries)), notices: notices.sentences(file))
  }

  /// The time of each slot; one without a time lies evenly between its neighbours.
  private func slots(_ order: XMLElement?) -> [String: Int] {
    let slots = (order?.elements("TIME_SLOT") ?? []).map { slot in
      (
        id: slot.attribute("TIME_SLOT_ID") ?? "",
        time: slot.attribute("TIME_VALUE").flatMap { Int($0) }.flatMap {
          (0..<1_000_000_000_000).contains($0) ? $0 : nil
        }
      )
    }
    var times: [String: Int] = [:]
    var index = 0
    var last = 0
    while index < slots.count {
      if let time = slots[index].time {
        (times[slots[index].id], last) = (time, time)
        index += 1
        continue
      }
      var end = index
      while end < slots.count, slots[end].time == nil { end += 1 }
      let next = end < slots.count ? max(last, slots[end].time ?? last) : last
      for place in index..<end {
        times[slots[place].id] = last + (next - last) * (place - index + 1) / (end - index + 1)
      }
      index = end
    }
    return times
  }

  private func read(
    _ tier: XMLElement, _ slots: [String: Int], _ notices: inout Notices
  ) -> [Annotation] {
    let name =
      (tier.attribute("PARTICIPANT").flatMap { $0.isEmpty ? nil : $0 })
      ?? tier.attribute("TIER_ID") ?? ""
    let speaker = ["", "transcript", "default"].contains(name) ? nil : name
    return tier.elements("ANNOTATION").flatMap { $0.elements("ALIGNABLE_ANNOTATION") }
      .compactMap { element in
        guard let start = slots[element.attribute("TIME_SLOT_REF1") ?? ""],
          let end = slots[element.attribute("TIME_SLOT_REF2") ?? ""]
        else {
          notices.note("an annotation has no time and was passed over", element.line)
          return nil
        }
        let text = element.elements("ANNOTATION_VALUE").first?.text ?? ""
        let lines = text.split(whereSeparator: \.isNewline).map {
          String($0).trimmingBlanks
        }
        let joined = lines.filter { !$0.isEmpty }.joined(separator: "\n")
        guard !joined.isEmpty else { return nil }
        return Annotation(start: start, end: end, text: joined, speaker: speaker)
      }
  }
}
