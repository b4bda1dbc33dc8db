public import Foundation
import PeciaCore
public import PeciaStore

extension Project {
  /// How fast the project goes on at `now`.
  public func pace(at now: Date) throws -> Pace { try store.pace(at: now) }

  /// Where the project stands at `now`.
  public func status(at now: Date) throws -> StatusReport {
    var status = try store.status(at: now)
    // A pack is where it was opened, not where its sounds were taken out to.
    if pack != nil { status.project = URL(filePath: path).standardizedFileURL.path }
    return status
  }

  /// Why a claim found nothing for `worker`, as one sentence.
  public func whyNothing(for worker: String) throws -> String {
    let status = try status(at: .distantPast)
    let places = status.recordings.reduce(0) { $0 + ($1.states[.open] ?? 0) }
    if status.paused { return "the project is paused; ‘pecia project … resume’ opens it again" }
    return places > 0
      ? "nothing is left for ‘\(worker)’: what is open they did, gave back, or would touch"
      : "nothing is left to transcribe"
  }
}

extension StatusReport {
  /// The report as a page for people, at most `width` columns wide.
  ///
  /// `pace`: gives the time that is left; nil leaves it out.
  public func page(width: Int, pace: Pace?) -> String {
    var lines = [
      "\(project): style \(style), language \(language), copies \(copies)"
        + (paused ? ", paused" : "")
    ]
    let names = recordings.map(\.name.count).max() ?? 0
    for recording in recordings {
      let name = recording.name.padding(toLength: names, withPad: " ", startingAt: 0)
      lines.append("\(name)  \(recording.bar(width: min(30, max(10, width - names - 50))))")
      lines[lines.count - 1] += "  \(recording.summary)"
    }
    if !workers.isEmpty {
      lines.append("workers: " + workers.map(\.summary).joined(separator: " · "))
    }
    if let left = pace?.timeLeft { lines.append(left) }
    return lines.joined(separator: "\n")
  }
}

extension Pace {
  fileprivate var timeLeft: String? {
    guard let perHour, perHour > 0, missing > 0 else { return nil }
    let minutes = Int((Double(missing) / perHour * 60).rounded(.up))
    let time =
      minutes < 120
      ? "\(minutes) min" : minutes < 2880 ? "\(minutes / 60) h" : "\(minutes / 1440) days"
    let texts = missing == 1 ? "1 text" : "\(missing) texts"
    return "\(texts) to come; at the present pace (\(Int(perHour.rounded())) an hour): \(time)"
  }
}

extension StatusReport.RecordingStatus {
  private func count(_ state: ClipState) -> Int { states[state] ?? 0 }

  var done: Int { count(.agreed) + count(.submitted) }

  /// `█` for what is done, `▒` for what is in work or disputed, `·` for what is open.
  fileprivate func bar(width: Int) -> String {
    guard clips > 0 else { return String(repeating: "·", count: width) }
    let full = width * done / clips
    let half = width * (done + count(.leased) + count(.disputed) + count(.setAside)) / clips - full
    return String(repeating: "█", count: full) + String(repeating: "▒", count: half)
      + String(repeating: "·", count: width - full - half)
  }

  fileprivate var summary: String {
    let parts = [
      (count(.leased), "in work"), (count(.open), "open"), (count(.disputed), "disputed"),
      (count(.setAside), "set aside"),
    ]
    return (["\(done) of \(clips) done"] + parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" })
      .joined(separator: " · ")
  }
}

extension StatusReport.WorkerStatus {
  var summary: String {
    var parts = ["\(worker) \(submissions) in"]
    if leased > 0 { parts.append("\(leased) leased") }
    if released > 0 { parts.append("\(released) given back") }
    return parts.joined(separator: ", ")
  }
}
