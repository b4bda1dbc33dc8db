import Foundation
import PeciaCaptions

/// What a text of that form holds.
func captions(_ text: String, _ form: CaptionForm) throws -> Captions {
  try captions(Data(text.utf8), form)
}

func captions(_ data: Data, _ form: CaptionForm) throws -> Captions {
  let reading = try CaptionReading(data, form: form, file: "test")
  guard case .captions(let captions) = reading.content else {
    throw CaptionsError.noCues(file: "test")
  }
  return captions
}

/// A line for each cue: its times, and its lines with ‘/’ between.
func shown(_ captions: Captions) -> [String] {
  captions.cues.map { cue in
    "\(cue.range.lowerBound)-\(cue.range.upperBound) "
      + cue.text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "/")
  }
}
