import { createMemoryQueue } from "../../src/queue/memory.ts";
import { queueContract } from "../contract/queue-contract.ts";

queueContract("the memory queue", async () => createMemoryQueue());
