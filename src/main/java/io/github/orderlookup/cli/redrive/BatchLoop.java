package io.github.orderlookup.cli.redrive;

import io.github.orderlookup.cli.redrive.Summary.End;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Reads batch after batch: notes what is going to be sent, sends it, waits until it is
 * acknowledged, and commits. Not thread-safe.
 */
final class BatchLoop {

    private final RedriveOptions options;
    private final Triage triage;
    private final ErrorsTopic errors;
    private final GroupOffsets offsets;
    private final Batch batch;
    private final Counts counts;
    private final Progress progress;
    private final Pace pace;

    BatchLoop(
            RedriveOptions options,
            Triage triage,
            ErrorsTopic errors,
            GroupOffsets offsets,
            Batch batch,
            Counts counts,
            Progress progress,
            Pace pace) {
        this.options = options;
        this.triage = triage;
        this.errors = errors;
        this.offsets = offsets;
        this.batch = batch;
        this.counts = counts;
        this.progress = progress;
        this.pace = pace;
    }

    /** Goes on until everything is read, or until something ends it before. */
    End run() throws RedriveFailure {
        End end = null;
        while (end == null && !errors.isRead()) {
            List<ConsumerRecord<byte[], byte[]>> records = errors.poll();
            begin(records);
            end = decide(records);
            finish();
        }
        if (!options.dryRun()) {
            offsets.commit(errors.positions(), Map.of());
        }
        return end == null ? End.COMPLETE : end;
    }

    private void begin(List<ConsumerRecord<byte[], byte[]>> records) throws RedriveFailure {
        if (options.dryRun() || records.stream().noneMatch(this::isSelected)) {
            return;
        }
        Map<TopicPartition, Long> ends = new HashMap<>();
        records.forEach(record -> ends.put(ErrorsTopic.partition(record), record.offset() + 1));
        offsets.commit(errors.positions(), ends);
    }

    private boolean isSelected(ConsumerRecord<byte[], byte[]> record) {
        return FailedRequest.read(record)
                .filter(failed -> triage.refusal(failed).isEmpty())
                .isPresent();
    }

    /** Says how the run ends within these records; null when it goes on behind them. */
    private @Nullable End decide(List<ConsumerRecord<byte[], byte[]>> records) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            End end = decide(record);
            if (end != null) {
                return end;
            }
        }
        return pace.isStopped() ? End.INTERRUPTED : null;
    }

    private @Nullable End decide(ConsumerRecord<byte[], byte[]> record) {
        Optional<FailedRequest> failed = FailedRequest.read(record);
        if (failed.isEmpty()) {
            counts.noProblem();
            return skip(record, Reason.NOT_OURS);
        }
        Optional<Reason> refusal = triage.refusal(failed.get());
        if (refusal.isPresent()) {
            counts.skipped(failed.get().type(), refusal.get());
            return skip(record, refusal.get());
        }
        if (options.limit() != null && counts.allSelected() >= options.limit()) {
            return End.LIMIT;
        }
        return select(record, failed.get());
    }

    private @Nullable End skip(ConsumerRecord<?, ?> record, Reason reason) {
        if (!reason.isFilter()) {
            progress.note(ErrorsTopic.coordinates(record) + ": " + reason.words());
        }
        batch.skip(record);
        return null;
    }

    private @Nullable End select(ConsumerRecord<?, ?> record, FailedRequest failed) {
        if (options.dryRun()) {
            counts.selected(failed.type());
            batch.skip(record);
            return null;
        }
        if (!pace.await()) {
            return End.INTERRUPTED;
        }
        counts.selected(failed.type());
        if (offsets.mayBeSent(ErrorsTopic.partition(record), record.offset())) {
            counts.perhapsRepeated();
        }
        boolean goesOn = batch.send(record, failed);
        progress.at(errors.read(), errors.length(), counts.allSelected());
        return goesOn ? null : End.FAILED;
    }

    private void finish() throws RedriveFailure {
        Batch.Result result = batch.finish(errors, counts);
        progress.at(errors.read(), errors.length(), counts.allSelected());
        if (!options.dryRun() && result.sent()) {
            offsets.commit(errors.positions(), result.unsure());
        }
        if (result.failure() != null) {
            throw result.failure();
        }
    }
}
