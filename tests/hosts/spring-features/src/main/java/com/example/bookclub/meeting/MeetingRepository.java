package com.example.bookclub.meeting;

import java.util.List;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;

public interface MeetingRepository extends JpaRepository<Meeting, UUID> {
	List<Meeting> findTop20ByOrderByStartsAtDesc();
}
