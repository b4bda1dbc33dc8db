import Foundation

/// Turns a file that libsndfile does not read into one that it does, by `ffmpeg`.
public enum Conversion {
  /// Writes the sound of `path` to the new file `target`, whose ending is `.w64`.
  ///
  /// - Throws: `AudioError.needsConversion` where there is no `ffmpeg` on the PATH,
  ///   `AudioError.unreadable` where it finds no sound, and `CancellationError` where the task is
  ///   cancelled.
  public static func convert(_ path: String, to target: String) throws {
    guard let tool = tool else { throw AudioError.needsConversion(path: path) }
    let process = Process()
    process.executableURL = URL(filePath: tool)
    process.arguments = [
      "-nostdin", "-v", "error", "-protocol_whitelist", "file", "-i",
      "file:" + URL(filePath: path).path, "-map", "0:a:0", "-vn", "-c:a", "pcm_s16le", "-f", "w64",
      "-y", "file:" + URL(filePath: target).path,
    ]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    do {
      try process.run()
    } catch {
      throw AudioError.needsConversion(path: path)
    }
    while process.isRunning, !Task.isCancelled { usleep(10_000) }
    if process.isRunning { process.terminate() }
    process.waitUntilExit()
    guard process.terminationStatus == 0, process.terminationReason == .exit else {
      unlink(target)
      try Task.checkCancellation()
      throw AudioError.unreadable(
        path: path, reason: "neither libsndfile nor ‘ffmpeg’ finds sound in it")
    }
  }

  /// The first `ffmpeg` on the PATH.
  private static var tool: String? {
    let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
    return folders.map { "\($0)/ffmpeg" }.first { access($0, X_OK) == 0 }
  }
}
