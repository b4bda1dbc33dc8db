/// Lets at most so many pieces of work run at once.
actor Permits {
  private var free: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(_ count: Int) { free = count }

  /// Runs `work`, off this actor, when a permit is free.
  nonisolated func run<Value: Sendable>(_ work: @Sendable () throws -> Value) async throws -> Value
  {
    await take()
    do {
      try Task.checkCancellation()
      let value = try work()
      await give()
      return value
    } catch {
      await give()
      throw error
    }
  }

  private func take() async {
    if free > 0 {
      free -= 1
    } else {
      await withCheckedContinuation { waiting.append($0) }
    }
  }

  private func give() {
    if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
  }
}

/// Lets pieces of work that run side by side do one step in their order.
actor Turns {
  private var next = 0
  private var finished: Set<Int> = []
  private var waiting: [Int: CheckedContinuation<Void, Never>] = [:]

  /// Comes back when all before `number` have finished.
  func wait(for number: Int) async {
    guard number > next else { return }
    await withCheckedContinuation { waiting[number] = $0 }
  }

  /// Says that `number` has done its step, or never will.
  func finish(_ number: Int) {
    finished.insert(number)
    while finished.remove(next) != nil { next += 1 }
    waiting.removeValue(forKey: next)?.resume()
  }
}
