import Foundation
import Synchronization

/// Tries PortAudio where it can do no harm: in a process of its own.
///
/// Some machines without a sound configuration make PortAudio end the whole process by a failed
/// assertion. A worker's player must outlive that.
struct PortAudioProbe: Sendable {
  /// The program and its arguments: it calls `endsIfPortAudioDoes` and exits with 0.
  let command: [String]
  /// Seconds after which PortAudio counts as one that hangs.
  var patience = 5.0

  /// Whether PortAudio begins and ends here as it should.
  func succeeds() -> Bool {
    guard let program = command.first else { return true }
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = Array(command.dropFirst())
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    guard (try? process.run()) != nil else { return false }
    guard ended.wait(timeout: .now() + patience) == .success else {
      kill(process.processIdentifier, SIGKILL)
      return false
    }
    return process.terminationReason == .exit && process.terminationStatus == 0
  }
}

/// Begins and ends PortAudio, if it is installed: for a process that may die of it.
public func endsIfPortAudioDoes() {
  // A crash is expected here, and nobody needs its memory on the disk.
  var none = rlimit(rlim_cur: 0, rlim_max: 0)
  #if os(Linux)
    _ = setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
  #else
    _ = setrlimit(RLIMIT_CORE, &none)
  #endif
  PortAudioAhead()?.close()
}
