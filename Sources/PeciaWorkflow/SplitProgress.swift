import Foundation
import PeciaAudio
import PeciaCore
import Synchronization

/// How much of a run of `split` is done; recordings weigh by the size of their files.
final class SplitProgress: Sendable {
  private struct Entry {
    var weight: Double
    var surveyed = 0.0
    var written = 0.0
  }

  private let entries: Mutex<[Entry]>
  private let report: @Sendable (Double) -> Void

  init(recordings: [String], report: @escaping @Sendable (Double) -> Void) {
    entries = Mutex(
      recordings.map { path in
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return Entry(weight: Double(attributes?[.size] as? Int ?? 0) + 1)
      })
    self.report = report
  }

  func surveyed(_ frames: Int, of source: SoundSource, _ index: Int) {
    let share = source.expectedFrames.map { min(1, Double(frames) / Double(max(1, $0))) } ?? 0
    change(index) { $0.surveyed = max($0.surveyed, share) }
  }

  func written(_ milliseconds: Int, of total: Timestamp, _ index: Int) {
    let share = Double(milliseconds) / Double(max(1, total.milliseconds))
    change(index) {
      $0.written = min(1, $0.written + share)
    }
  }

  func finish(_ index: Int) {
    change(index) { ($0.surveyed, $0.written) = (1, 1) }
  }

  private func change(_ index: Int, _ change: (inout Entry) -> Void) {
    let share = entries.withLock { entries in
      change(&entries[index])
      let all = entries.reduce(0) { $0 + $1.weight }
      return entries.reduce(0) { $0 + $1.weight * (0.2 * $1.surveyed + 0.8 * $1.written) } / all
    }
    report(share)
  }
}
