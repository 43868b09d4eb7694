package com.example.bookclub.common;

import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Sort;

/** A page that may begin anywhere. */
public final class OffsetRequest extends PageRequest {
	private static final long serialVersionUID = 1L;

	private final long offset;

	private OffsetRequest(long offset, int limit, Sort sort) {
		super(0, limit, sort);
		this.offset = offset;
	}

	public static OffsetRequest of(long offset, int limit, Sort sort) {
		return new OffsetRequest(offset, limit, sort);
	}

	@Override
	public long getOffset() {
		return offset;
	}

	@Override
	public boolean equals(Object other) {
		return super.equals(other) && other instanceof OffsetRequest request && offset == request.offset;
	}

	@Override
	public int hashCode() {
		return 31 * super.hashCode() + Long.hashCode(offset);
	}
}
