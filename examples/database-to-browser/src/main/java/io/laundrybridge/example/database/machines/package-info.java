/**
 * The machines: they write rows and obey commands. Open {@link
 * io.laundrybridge.example.database.machines.LaundryMachines} first.
 */
@NullMarked
package io.laundrybridge.example.database.machines;

import org.jspecify.annotations.NullMarked;
