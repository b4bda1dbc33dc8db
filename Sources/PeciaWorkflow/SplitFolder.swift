import Foundation
import PeciaCore

/// The folder of one recording's clips while they are being written.
///
/// A note in it says what is being made there. A folder with a note is unfinished: whoever makes
/// the same goes on in it, whoever makes something else under that name begins it anew.
struct SplitFolder: Sendable {
  private static let note = ".splitting"
  /// How names beside the clips' folders begin that are there for a moment only.
  static let passing = ".passing-"

  let url: URL

  init(of name: String, in project: URL) {
    url = project.appending(path: "clips").appending(path: name)
  }

  /// Whether something stands here that `split` has not left unfinished.
  var isTaken: Bool {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: url.path) else {
      return FileManager.default.fileExists(atPath: url.path)
    }
    return !names.isEmpty && !names.contains(Self.note)
  }

  /// Makes the folder, or takes up one that the same `purpose` has left unfinished.
  ///
  /// - Parameter purpose: says in one line what is made; equal lines give equal clips.
  /// - Throws: `SplitError.unwritable`.
  func begin(_ purpose: String) throws {
    do {
      let manager = FileManager.default
      let note = url.appending(path: Self.note)
      if (try? String(contentsOf: note, encoding: .utf8)) != purpose {
        // In two steps of which each is done or not: a run that is killed leaves no folder that
        // has lost its note, or has none yet.
        let passing = url.deletingLastPathComponent()
          .appending(path: "\(Self.passing)\(url.lastPathComponent)")
        try? manager.removeItem(at: passing)
        if manager.fileExists(atPath: url.path) {
          try manager.moveItem(at: url, to: passing)
          try manager.removeItem(at: passing)
        }
        try manager.createDirectory(at: passing, withIntermediateDirectories: true)
        try Data(purpose.utf8).write(to: passing.appending(path: Self.note))
        try manager.moveItem(at: passing, to: url)
      }
    } catch {
      throw SplitError.unwritable(path: url.path, reason: reason(for: error))
    }
  }

  /// Removes whatever lies there beside `files`.
  ///
  /// - Throws: `SplitError.unwritable`.
  func keep(only files: Set<String>) throws {
    do {
      let manager = FileManager.default
      for name in try manager.contentsOfDirectory(atPath: url.path)
      where name != Self.note && !files.contains(name) {
        try manager.removeItem(at: url.appending(path: name))
      }
    } catch {
      throw SplitError.unwritable(path: url.path, reason: reason(for: error))
    }
  }

  /// Says that all is written and stands in the project.
  func finish() {
    try? FileManager.default.removeItem(at: url.appending(path: Self.note))
  }
}

/// A hold on a project's folder: one `split` at a time writes there.
///
/// The system lets go of it when the process ends, however it ends.
final class SplitLock: Sendable {
  private let descriptor: CInt

  /// Makes the folder where it is not there, and waits until no other `split` holds it.
  ///
  /// `waiting` is called once before that.
  ///
  /// - Throws: `SplitError.unwritable`, and `CancellationError` where the task is cancelled.
  init(_ folder: URL, waiting: () -> Void) async throws {
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw SplitError.unwritable(path: folder.path, reason: reason(for: error))
    }
    descriptor = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw SplitError.unwritable(path: folder.path, reason: String(cString: strerror(errno)))
    }
    if flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      waiting()
      while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
        try await Task.sleep(for: .milliseconds(50))
      }
    }
  }
  deinit { close(descriptor) }
}
