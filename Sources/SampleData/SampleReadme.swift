/// The page beside the pictures that says what is in them.
struct SampleReadme {
  let plan: SamplePlan

  var text: String {
    """
    # Sample pictures

    Three kinds of flower, \(SamplePlan.picturesPerTag) pictures in each folder: `daisy`, `daffodil`
    and `dahlia`. The folder is the tag. They are what `make demo` trains on.

    No photograph is among them: a program of this repository grows every flower petal by petal,
    in many cultivars, poses, lights and settings, and renders it. Colours overlap between the tags
    on purpose, so that form has to be learnt. Some pictures are hard: single dahlias and double
    daffodils, flowers seen from behind, in dim light or out of focus.

    Made with

    ```
    swift run -c release sample-data-painter sample-data --seed \(plan.seed)
    ```

    One seed gives the same pictures. Licence: public domain (CC0 1.0); do with them what you like.

    ## What is wrong with them, on purpose

    Real folders have faults, and tagbench is there to find them. Try that before you read on.

    ### Wrongly tagged

    | picture | shows a |
    |---|---|
    \(rows(plan.wronglyTagged.map { [$0.path, $0.shown.rawValue] }))

    ### Near-duplicates

    The second of each pair is another shot of the same scene: moved, differently exposed or both.

    | picture | near-duplicate |
    |---|---|
    \(rows(plan.nearDuplicates.map { [$0.first.path, $0.second.path] }))

    ### Broken files

    | file | fault |
    |---|---|
    \(rows(plan.broken.map { [$0.path, fault($0)] }))

    """
  }

  private func rows(_ cells: [[String]]) -> String {
    cells.map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
  }

  private func fault(_ picture: SamplePlan.Picture) -> String {
    switch picture.damage {
    case nil: "none"
    case .truncated: "JPEG that ends early"
    case .overwritten: "PNG with damaged data"
    }
  }
}
