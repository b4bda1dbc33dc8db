import Foundation
import PeciaAudio
import PeciaCore
import PeciaStore

/// Opens a pack to work in it; its guide and sounds are taken out into a folder that is its own.
///
/// - Throws: `StoreError.badPack` for what is no pack, or one that was altered.
func openPack(_ path: String) throws -> (ProjectStore, Pack) {
  guard try PackFile.looksLikeDatabase(path) else { throw StoreError.notAProject(path: path) }
  do {
    let peek = try ProjectStore(
      openingPack: path, folder: FileManager.default.temporaryDirectory)
    guard let pack = try peek.pack(), UUID(uuidString: pack.id) != nil else {
      throw StoreError.badPack(path: path, reason: "it does not say what it is")
    }
    try peek.verifyPack(everyPage: false)
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "pecia-pack-\(getuid())-\(pack.id)")
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    try writeFile(
      Data((peek.guide() ?? "").utf8), to: folder.appending(path: "style.yml").path)
    return (try ProjectStore(openingPack: path, folder: folder), pack)
  } catch let error as StoreError {
    throw PackFile.refusal(of: path, error)
  }
}

extension ProjectStore {
  /// Takes a clip's sound out of this pack, once, and gives its file.
  func takeOutSound(of clip: Clip) throws -> URL {
    guard let sound = try sound(of: clip) else {
      throw StoreError.badPack(path: folder.path, reason: "it has no sound for \(clip.address)")
    }
    // The name in the pack is not trusted: only a well-known ending is taken from it.
    let ending = URL(filePath: clip.file).pathExtension
    let form = ClipForm(rawValue: ending)?.rawValue ?? "sound"
    let file = folder.appending(path: "\(sound.sha256.prefix(32)).\(form)")
    guard sound.sha256.allSatisfy(\.isHexDigit) else {
      throw StoreError.badPack(path: folder.path, reason: "a clip's hash is none")
    }
    if try !FileManager.default.fileExists(atPath: file.path)
      || sha256(ofFile: file.path) != sound.sha256
    {
      try writeFile(sound.bytes, to: file.path)
    }
    guard try sha256(ofFile: file.path) == sound.sha256 else {
      throw StoreError.badPack(
        path: folder.path, reason: "the sound of \(clip.address) was altered")
    }
    return file
  }
}
