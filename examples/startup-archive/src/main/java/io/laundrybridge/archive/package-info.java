/**
 * Makes the launcher of an example and its startup archives: classes, and on newer JVMs profiles, that a training run
 * has stored. Begin at {@link io.laundrybridge.archive.StartupArchives}.
 */
@NullMarked
package io.laundrybridge.archive;

import org.jspecify.annotations.NullMarked;
