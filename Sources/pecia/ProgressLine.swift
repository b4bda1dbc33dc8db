import Foundation
import Synchronization

/// One line on the terminal that says how far the work is, and how long it will take.
final class ProgressLine: Sendable {
  private struct State {
    var shown = Date.distantPast
    var isOnScreen = false
  }

  private let isShown: Bool
  private let started = Date()
  private let state = Mutex(State())

  init(isShown: Bool) { self.isShown = isShown }

  /// Shows that `share` of all work is done, from 0 to 1; a few times a second at most.
  func show(_ share: Double) {
    guard isShown else { return }
    let now = Date()
    state.withLock { state in
      guard now.timeIntervalSince(state.shown) > 0.2 else { return }
      state.shown = now
      state.isOnScreen = true
      write("\r\u{1B}[K" + text(share, after: now.timeIntervalSince(started)))
    }
  }

  /// Writes a line of its own to standard error.
  func say(_ sentence: String) {
    state.withLock { state in
      write((state.isOnScreen ? "\r\u{1B}[K" : "") + sentence + "\n")
      state.isOnScreen = false
    }
  }

  func clear() {
    state.withLock { state in
      if state.isOnScreen { write("\r\u{1B}[K") }
      state.isOnScreen = false
    }
  }

  private func text(_ share: Double, after seconds: Double) -> String {
    let filled = Int(share * 24)
    let bar = String(repeating: "#", count: filled) + String(repeating: "·", count: 24 - filled)
    guard share > 0.02 else { return "\(bar)   \(Int(share * 100)) %" }
    let left = Int((seconds / share * (1 - share)).rounded(.up))
    let rest = left % 60
    return "\(bar)  \(Int(share * 100)) %, \(left / 60):\(rest < 10 ? "0" : "")\(rest) left"
  }

  private func write(_ text: String) { report(text, terminator: "") }
}
