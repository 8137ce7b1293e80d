import CustomVisionAPI
import Dataset
import Evaluation
import ProjectLibrary

extension Service {
  func train(_ call: Call) throws -> Answer {
    let project = try project(of: call)
    let parameters = try call.model(TrainingParameters.self)
    let base = try base(parameters.customBaseModelInfo)
    if let type = call.query.text("trainingType"),
      !["regular", "advanced"].contains(type.lowercased())
    {
      throw ServiceError.badRequest("“\(type)” is no type of training.")
    }
    let isAdvanced = call.query.text("trainingType")?.lowercased() == "advanced"
    // As many hours as an Int of nanoseconds can count are enough for everybody.
    let budget = try call.query.integer("reservedBudgetInHours", in: 0...100_000) ?? 0
    let isForced = try call.query.flag("forceTrain") ?? false
    let number = try library.nextIterationNumber(of: project.id)
    let selected = parameters.selectedTags ?? []
    var request = TrainingRequest(budgetHours: isAdvanced ? budget : nil, base: base)
    if !selected.isEmpty { request.tags = Set(try identifiers(selected, missing: "Tag")) }
    let training = try trainings.begin(project, request, number: number) { request in
      try library.checkTraining(of: project, request, evenIfUnchanged: isForced)
    }
    return try .json(Self.model(training))
  }

  /// The iteration from which a training is to start.
  private func base(_ base: CustomBaseModelInfo?) throws -> IterationReference? {
    guard let base, let text = base.iterationId else { return nil }
    guard let iteration = IterationID(text), let project = ProjectID(base.projectId ?? ""),
      try library.iteration(iteration, of: project) != nil
    else { throw ServiceError.notFound("Iteration") }
    return IterationReference(project: project, iteration: iteration)
  }

  func iterations(_ call: Call) throws -> Answer {
    let project = try project(of: call)
    let requested = trainings.trainings(of: project.id)
    let finished = try library.iterations(of: project.id).map(\.iteration).filter { iteration in
      !requested.contains { $0.id == iteration.id }
    }
    return try .json(
      requested.map(Self.model) + finished.map { Self.model($0, in: project) })
  }

  func iteration(_ call: Call) throws -> Answer {
    let project = try project(of: call)
    switch try found(call, in: project) {
    case .finished(let iteration): return try .json(Self.model(iteration, in: project))
    case .requested(let training): return try .json(Self.model(training))
    }
  }

  func updateIteration(_ call: Call) throws -> Answer {
    let project = try project(of: call)
    let iteration = try trained(call, in: project)
    if let name = try call.model(IterationUpdate.self).name, name != iteration.name {
      try library.rename(iteration, to: name)
    }
    return try self.iteration(call)
  }

  func deleteIteration(_ call: Call) throws -> Answer {
    switch try found(call, in: try project(of: call)) {
    case .finished(let iteration): try library.delete(iteration)
    case .requested(let training) where !training.isRunning: trainings.forget(training.id)
    case .requested:
      throw ServiceError.badRequest(
        "BadRequestTrainingAlreadyInProgress", "The iteration is being trained.")
    }
    return .nothing
  }

  func performance(_ call: Call) throws -> Answer {
    let iteration = try trained(call, in: try project(of: call))
    let threshold = try call.query.fraction("threshold") ?? 0.5
    let report = try library.performance(of: iteration, threshold: threshold)
    let figures = report.performance
    // The contract knows no unknown figure: 0 stands for it.
    var model = PerformanceModel(
      precision: figures.precision ?? 0, recall: figures.recall ?? 0,
      averagePrecision: figures.averagePrecision)
    model.perTagPerformance = zip(report.tags, figures.perClass).map { tag, figures in
      PerformanceModel.Tag(
        id: tag.id.description, name: tag.name, precision: figures.precision ?? 0,
        recall: figures.recall ?? 0, averagePrecision: figures.averagePrecision)
    }
    return try .json(model)
  }

  func imagePerformances(_ call: Call) throws -> Answer {
    let project = try project(of: call)
    let judged = try judgedImages(call, in: project)
    let (skip, take) = try run(call)
    let ordered = try isNewestFirst(call) ? judged.reversed() : judged
    let page = Array(ordered.dropFirst(skip).prefix(take))
    let details = try library.details(of: page.map(\.image), in: project.id)
    return try .json(
      zip(page, details).map { judged, details in
        ImagePerformanceModel(
          id: judged.image.id.description, created: timestamp(details.arrived),
          width: judged.image.width, height: judged.image.height,
          imageUri: Self.address(of: judged.image.id, .original, for: call),
          thumbnailUri: Self.address(of: judged.image.id, .thumbnail, for: call),
          tags: Self.models(of: details), predictions: Self.models(of: judged.predictions))
      })
  }

  func imagePerformanceCount(_ call: Call) throws -> Answer {
    try .json(try judgedImages(call, in: try project(of: call)).count)
  }

  /// The images that an iteration was judged on, oldest first, those with any of the tags asked for.
  private func judgedImages(
    _ call: Call, in project: Project
  ) throws -> [(image: Image, predictions: [TagPrediction])] {
    let iteration = try trained(call, in: project)
    let tags: [TagID] = try call.query.ids("tagIds", limit: limits.tagCount, missing: "Tag")
    return try library.judgedImages(of: iteration).filter {
      tags.isEmpty || !Set(tags).isDisjoint(with: $0.image.tags)
    }
  }

  func publish(_ call: Call) throws -> Answer {
    let project = try project(of: call)
    let iteration = try trained(call, in: project)
    guard let name = call.query.text("publishName") else {
      throw ServiceError.badRequest("BadRequestInvalidPublishName", "publishName is missing.")
    }
    guard let target = call.query.text("predictionId") else {
      throw ServiceError.badRequest("BadRequestInvalidPublishTarget", "predictionId is missing.")
    }
    let replaces = try call.query.flag("overwrite") ?? false
    try ServiceError.naming("BadRequestInvalidPublishName") {
      try library.publish(iteration, as: name, replacing: replaces, for: target, in: project.id)
    }
    return try .json(true)
  }

  func unpublish(_ call: Call) throws -> Answer {
    try library.unpublish(try trained(call, in: try project(of: call)))
    return .nothing
  }

  // MARK: - Which iteration

  private enum Found {
    case finished(Iteration)
    case requested(RequestedTraining)
  }

  private func found(_ call: Call, in project: Project) throws -> Found {
    let id: IterationID = try call.id("iteration", missing: "Iteration")
    // Looked at first: a training leaves the desk when its iteration is there and the next training
    // may begin, and not before that clients are told that it is completed.
    let requested = trainings.trainings(of: project.id).first { $0.id == id }
    if let requested { return .requested(requested) }
    if let iteration = try library.iteration(id, of: project.id) { return .finished(iteration) }
    throw ServiceError.notFound("Iteration")
  }

  /// The iteration of a request; one that is still being trained is refused.
  func trained(_ call: Call, in project: Project) throws -> Iteration {
    guard case .finished(let iteration) = try found(call, in: project) else {
      throw ServiceError.badRequest(
        "BadRequestIterationIsNotTrained", "The iteration is not trained.")
    }
    return iteration
  }

  // MARK: - Models

  private static func model(_ iteration: Iteration, in project: Project) -> IterationModel {
    let trainedAt = timestamp(iteration.trainedAt)
    var model = IterationModel(
      id: iteration.id.description, name: iteration.name, status: "Completed",
      created: timestamp(iteration.trainedAt - iteration.seconds), lastModified: trainedAt,
      projectId: project.id.description, exportable: true,
      domainId: serviceDomain(iteration.domain).id, classificationType: word(for: iteration.type))
    if case .encoder = iteration.domain { model.exportable = false }
    model.exportableTo = model.exportable ? platforms : []
    model.trainedAt = trainedAt
    model.trainingTimeInMinutes = Int((iteration.seconds / 60).rounded(.up))
    model.setTraining(iteration.budgetHours, iteration.base)
    model.publishName = iteration.publishName
    model.originalPublishResourceId = iteration.publishTarget
    return model
  }

  private static func model(_ training: RequestedTraining) -> IterationModel {
    let (project, promise) = (training.project, training.promise)
    var model = IterationModel(
      id: training.id.description, name: "Iteration \(promise.number)",
      status: training.isRunning ? "Training" : "Failed",
      created: timestamp(promise.begun),
      lastModified: timestamp(promise.failure?.time ?? promise.begun),
      projectId: project.id.description, exportable: false,
      domainId: serviceDomain(project.domain).id, classificationType: word(for: project.type))
    model.setTraining(promise.request.budgetHours, promise.request.base)
    model.trainingErrorDetails = promise.failure?.sentence
    return model
  }
}

extension IterationModel {
  /// Trainings with a budget are the advanced ones.
  fileprivate mutating func setTraining(_ budgetHours: Int?, _ base: IterationReference?) {
    trainingType = budgetHours == nil ? "Regular" : "Advanced"
    reservedBudgetInHours = budgetHours ?? 0
    customBaseModelInfo = base.map {
      CustomBaseModelInfo(
        projectId: $0.project.description, iterationId: $0.iteration.description)
    }
  }
}
