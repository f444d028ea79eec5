// Every test has a server process of its own and some measure times: side by side they would measure each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
