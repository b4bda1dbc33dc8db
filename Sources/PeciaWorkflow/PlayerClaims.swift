import Foundation

/// Which leases a player works on: a worker may sit at two at once.
///
/// A lease that was left by a player that was killed is taken up again by the worker's next one;
/// a lease that another player has at hand is not. Locks on small files say so: the system lets
/// them go when a process ends, however it ends.
struct PlayerClaims {
  private let folder: URL
  private var locks: [String: CInt] = [:]

  init(project: String) {
    folder = FileManager.default.temporaryDirectory.appending(path: "pecia-players-\(getuid())")
  }

  /// Whether the lease is this player's now: no other living player on this machine has it.
  mutating func take(_ token: String) -> Bool {
    if locks[token] != nil { return false }
    try? FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    // The lease's number is no secret, and enough: the secret stays out of file names.
    let name = "\(token.prefix { $0 != "-" })-\(Self.mark(of: token))"
    let file = open(folder.appending(path: name).path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
    // Where no lock can be made, the lease is better worked on twice than not at all.
    guard file >= 0 else { return true }
    guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
      close(file)
      return false
    }
    locks[token] = file
    return true
  }

  mutating func letGo(_ token: String) {
    guard let file = locks.removeValue(forKey: token) else { return }
    close(file)
  }

  mutating func letGo() {
    for file in locks.values { close(file) }
    locks = [:]
  }

  /// A number that tells leases of different projects apart (FNV-1a).
  private static func mark(of token: String) -> String {
    let hash = token.utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01b3
    }
    return String(hash, radix: 36)
  }
}
