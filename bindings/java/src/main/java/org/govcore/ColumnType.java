package org.govcore;

/** Types of a column, in the order of the C library's numbers. */
public enum ColumnType {
    NULL, BOOL, INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64, FLOAT32, FLOAT64, UTF8, DATE, TIMESTAMP
}
