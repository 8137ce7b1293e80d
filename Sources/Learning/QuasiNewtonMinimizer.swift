/// One minimisation by L-BFGS (Nocedal, "Updating quasi-Newton matrices with limited storage",
/// 1980), in steps, so that many run side by side and share their matrix products.
///
/// The caller evaluates `trial` and hands back value, gradient and the gradient times an
/// approximate inverse Hessian; the latter is the matrix that the method starts each direction
/// from.
struct QuasiNewtonMinimizer {
  /// The best point so far.
  private(set) var point: [Float]
  /// The point to evaluate next.
  private(set) var trial: [Float]
  private(set) var isFinished = false
  /// Half the slope along the first direction that the preconditioner alone would take, as a share
  /// of the value: an estimate of how far the value is above its minimum.
  private(set) var remainingShare = 1.0

  private let tolerance: Double
  private var value = Double.infinity
  private var gradient: [Float] = []
  private var preconditioned: [Float] = []
  private var direction: [Float] = []
  private var slope = 0.0
  private var step = 1.0
  private var evaluationCount = 0
  private var memory: [Update] = []

  /// One step, and how the gradient changed along it.
  private struct Update {
    let step: [Float]
    let change: [Float]
    let preconditionedChange: [Float]
    let curvature: Double
  }

  private static let memoryLength = 8
  private static let evaluationLimit = 500

  /// Starts at zero; ends when `remainingShare` falls below the tolerance or nothing improves.
  init(count: Int, tolerance: Double) {
    point = [Float](repeating: 0, count: count)
    trial = point
    self.tolerance = tolerance
  }

  /// Takes what was found at `trial`, and decides what to try next.
  mutating func take(
    value newValue: Double, gradient newGradient: [Float], preconditioned newPreconditioned: [Float]
  ) {
    evaluationCount += 1
    let isFirst = gradient.isEmpty
    // Armijo's rule. A strictly convex function has positive curvature along every step, so that
    // Wolfe's second condition is not needed to keep the updates definite.
    guard isFirst || newValue <= value + 1e-4 * step * slope else {
      shortenStep(after: newValue)
      return
    }
    if !isFirst {
      remember(newGradient, newPreconditioned)
    }
    point = trial
    value = newValue
    gradient = newGradient
    preconditioned = newPreconditioned
    let estimate = 0.5 * dot(gradient, preconditioned)
    remainingShare = value > 0 ? estimate / value : 0
    guard remainingShare > tolerance, evaluationCount < Self.evaluationLimit else {
      isFinished = true
      return
    }
    direction = descentDirection()
    slope = dot(gradient, direction)
    guard slope < 0 else {
      // Only rounding can turn the direction uphill: the minimum is reached as well as it can be.
      isFinished = true
      return
    }
    step = 1
    advance()
  }

  private mutating func advance() {
    trial = point
    add(Float(step), direction, to: &trial)
  }

  /// Goes to the minimum of the parabola through what is known, within reason.
  private mutating func shortenStep(after newValue: Double) {
    let rise = newValue - value - step * slope
    let best = rise.isFinite && rise > 0 ? -slope * step / (2 * rise) : 0.1
    step *= min(max(best, 0.1), 0.5)
    guard step > 1e-4, evaluationCount < Self.evaluationLimit else {
      // Steps this small change the value by less than its rounding.
      trial = point
      isFinished = true
      return
    }
    advance()
  }

  private mutating func remember(_ newGradient: [Float], _ newPreconditioned: [Float]) {
    let change = difference(newGradient, gradient)
    let taken = difference(trial, point)
    let curvature = dot(taken, change)
    guard curvature > 0 else { return }
    if memory.count == Self.memoryLength { memory.removeFirst() }
    memory.append(
      Update(
        step: taken, change: change,
        preconditionedChange: difference(newPreconditioned, preconditioned), curvature: curvature))
  }

  /// The two loops of L-BFGS. The first needs the preconditioned rest of the gradient, which is the
  /// preconditioned gradient less the same multiples of preconditioned changes.
  private func descentDirection() -> [Float] {
    var rest = gradient
    var result = preconditioned
    var shares = [Double](repeating: 0, count: memory.count)
    for (index, update) in memory.enumerated().reversed() {
      shares[index] = dot(update.step, rest) / update.curvature
      add(Float(-shares[index]), update.change, to: &rest)
      add(Float(-shares[index]), update.preconditionedChange, to: &result)
    }
    if let last = memory.last {
      let scale = last.curvature / dot(last.change, last.preconditionedChange)
      if scale.isFinite, scale > 0 { multiply(&result, by: Float(scale)) }
    }
    for (index, update) in memory.enumerated() {
      let share = dot(update.change, result) / update.curvature
      add(Float(shares[index] - share), update.step, to: &result)
    }
    multiply(&result, by: -1)
    return result
  }
}
