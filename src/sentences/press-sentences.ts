/** What the head of a result says while a press goes on. */
export const STARTING_CLUSTER = 'Starting your cluster…';
/** The reader's cluster held what another page did; a tutorial begins on a new one. */
export const STARTING_FRESH = 'Starting a fresh cluster: the one you had held another page’s work…';
/** The reader asked for a new cluster. */
export const REMOVING_CLUSTER = 'Removing the cluster that you have…';
/** Earlier steps run first. */
export const WAITING_TURN = 'Waiting for its turn…';
/** Stop was pressed, and the server has not said yet that it is over. */
export const STOPPING = 'Stopping…';
/** The connection to the run broke, and is being brought back. */
export const BROKEN_CONNECTION = 'The connection broke; getting the rest…';
/** The reader's cluster no longer exists. */
export const CLUSTER_GONE = 'Your cluster is gone';
