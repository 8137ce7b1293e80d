import Synchronization

/// Counts of answered requests, in the text form of Prometheus.
final class Metrics: Sendable {
  /// Upper bounds of the histogram's buckets, in seconds.
  private static let bounds = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
  ]

  private struct Key: Hashable {
    let operation: String
    let status: Int
  }

  private struct State {
    var counts: [Key: Int] = [:]
    var buckets = [Int](repeating: 0, count: bounds.count + 1)
    var seconds = 0.0
    var inFlight = 0
  }

  private let state = Mutex(State())

  func begin() { state.withLock { $0.inFlight += 1 } }

  /// - Parameter operation: One of few words: paths and ids are none.
  func end(_ operation: String, status: Int, duration: Duration) {
    let seconds = duration / .seconds(1)
    state.withLock { state in
      state.inFlight -= 1
      state.counts[Key(operation: operation, status: status), default: 0] += 1
      let bucket = Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count
      state.buckets[bucket] += 1
      state.seconds += seconds
    }
  }

  var text: String {
    let state = state.withLock { $0 }
    var lines = [
      "# HELP tagbench_requests_total Requests that were answered.",
      "# TYPE tagbench_requests_total counter",
    ]
    for (key, count) in state.counts.sorted(by: {
      ($0.key.operation, $0.key.status) < ($1.key.operation, $1.key.status)
    }) {
      lines.append(
        "tagbench_requests_total{operation=\"\(key.operation)\",status=\"\(key.status)\"} \(count)")
    }
    lines += [
      "# HELP tagbench_request_seconds How long answers took.",
      "# TYPE tagbench_request_seconds histogram",
    ]
    var sum = 0
    for (bound, count) in zip(Self.bounds.map { "\($0)" } + ["+Inf"], state.buckets) {
      sum += count
      lines.append("tagbench_request_seconds_bucket{le=\"\(bound)\"} \(sum)")
    }
    lines += [
      "tagbench_request_seconds_sum \(state.seconds)", "tagbench_request_seconds_count \(sum)",
      "# HELP tagbench_requests_in_flight Requests that are being answered.",
      "# TYPE tagbench_requests_in_flight gauge",
      "tagbench_requests_in_flight \(state.inFlight)",
    ]
    return lines.joined(separator: "\n") + "\n"
  }
}
