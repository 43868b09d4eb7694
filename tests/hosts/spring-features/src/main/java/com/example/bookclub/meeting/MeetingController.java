package com.example.bookclub.meeting;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/meetings")
public class MeetingController {
	private final MeetingRepository meetings;

	public MeetingController(MeetingRepository meetings) {
		this.meetings = meetings;
	}

	public record NewMeeting(@NotBlank @Size(max = 200) String place, @NotNull Instant startsAt) {}

	@GetMapping
	public ResponseEntity<List<Meeting>> latest() {
		return ResponseEntity.ok(meetings.findTop20ByOrderByStartsAtDesc());
	}

	@PostMapping
	public ResponseEntity<Meeting> plan(@Valid @RequestBody NewMeeting planned) {
		var meeting = new Meeting();
		meeting.setPlace(planned.place());
		meeting.setStartsAt(planned.startsAt());
		return ResponseEntity.status(HttpStatus.CREATED).body(meetings.save(meeting));
	}
}
