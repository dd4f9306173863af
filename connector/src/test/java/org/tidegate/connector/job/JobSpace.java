package org.tidegate.connector.job;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.tidegate.connector.policy.DataNeed;
import org.tidegate.connector.policy.OwnerPolicy;
import org.tidegate.connector.store.DatabaseJobStore;
import org.tidegate.connector.store.NodeDatabase;
import org.tidegate.ledger.client.LedgerClient;
import org.tidegate.ledger.client.RecordLedgerClient;
import org.tidegate.ledger.contract.MemoryLedger;
import org.tidegate.ledger.contract.TestSpace;
import org.tidegate.ledger.records.Acceptance;
import org.tidegate.ledger.records.ColumnUses;
import org.tidegate.ledger.records.Digest;
import org.tidegate.ledger.records.Grant;
import org.tidegate.ledger.records.JsonObject;
import org.tidegate.ledger.records.Operation;
import org.tidegate.ledger.records.Product;
import org.tidegate.ledger.records.Proposal;
import org.tidegate.ledger.records.ReleaseStatement;
import org.tidegate.ledger.records.Signed;
import org.tidegate.mpc.channel.Channel;
import org.tidegate.mpc.channel.MemoryChannel;
import org.tidegate.mpc.channel.Step;

/**
 * A bank that asks and a tax registry that owns, with the real contract, store and job logic, and a
 * protocol that is its own ideal functionality: one frame there, one revealing frame back. A node
 * can die at any of its operations on store, ledger and lanes, and be started again.
 */
final class JobSpace implements AutoCloseable {
  static final String SQL = "SELECT SUM(amount) FROM bank.loans JOIN tax.income USING (uscc)";
  static final String PURPOSE = "credit-risk";

  final TestSpace space = new TestSpace();
  final MemoryLedger ledger = new MemoryLedger(Optional.empty());
  final Map<String, Node> nodes = new TreeMap<>();
  private final Map<String, Channel> openLanes = new HashMap<>();
  private final Path home;
  private final JobSettings settings;

  /** What the owner's side of the protocol does; tests replace it. */
  volatile Runnable ownerBeforeReveal = () -> {};

  volatile Runnable ownerAfterReveal = () -> {};
  volatile long matches = 10;
  volatile Duration lifetime = Duration.ofMinutes(10);

  JobSpace(Path home) {
    this.home = home;
    this.settings = new JobSettings(lifetime, Duration.ofHours(1), Duration.ofSeconds(2), 4);
    ledger.client("bank").putSpace(space.signedStatement(ledger.genesisHash()));
    for (String name : space.names()) {
      ledger.client(name).putParticipant(space.get(name).entry());
    }
    ledger
        .client("tax")
        .putProduct(
            new Product(
                "tax", "income", 1, productDigest(), List.of("amount", "uscc"), ledger.now()));
    nodes.put("bank", new Node("bank"));
    nodes.put("tax", new Node("tax"));
  }

  Node node(String name) {
    return Objects.requireNonNull(nodes.get(name));
  }

  Node bank() {
    return node("bank");
  }

  Node tax() {
    return node("tax");
  }

  static Digest productDigest() {
    return Digest.of("income 1".getBytes(StandardCharsets.UTF_8));
  }

  Grant grant(String id, int count, UnaryOperator<Grant> change) {
    Grant grant =
        new Grant(
            id,
            "tax",
            "income",
            productDigest(),
            needed(),
            PURPOSE,
            List.of("bank"),
            ledger.now().minusSeconds(60),
            ledger.now().plusSeconds(36_000),
            count,
            5);
    Grant changed = change.apply(grant);
    ledger.client("tax").putGrant(space.get("tax").grant(changed));
    return changed;
  }

  Grant grant(String id, int count) {
    return grant(id, count, grant -> grant);
  }

  static ColumnUses needed() {
    return ColumnUses.of(Map.of("uscc", Set.of(Operation.JOIN), "amount", Set.of(Operation.SUM)));
  }

  /** Uses of a grant that are taken now. */
  int used(Grant grant) {
    return grant.count() - ledger.client("tax").freeTickets(grant.owner(), grant.id(), 1).size();
  }

  @Override
  public void close() {
    nodes.values().forEach(Node::close);
  }

  /** The plan both derive. */
  record Plan(JobContent content) implements JobPlan {
    @Override
    public Digest digest() {
      return Digest.of(json().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String json() {
      return org.tidegate.ledger.records.CanonicalJson.encodeText(
          JsonObject.builder().put("content", content).build());
    }

    @Override
    public List<String> participants() {
      return List.of("bank", "tax");
    }

    @Override
    public String recipient() {
      return content.recipient();
    }

    @Override
    public List<DataNeed> needs() {
      return List.of(new DataNeed("tax", "income", productDigest(), needed(), List.of()));
    }

    @Override
    public List<ProductRef> products() {
      return content.products();
    }

    @Override
    public JsonObject numbers() {
      return content.numbers();
    }

    @Override
    public String security() {
      return content.security();
    }

    @Override
    public Digest parametersDigest() {
      return Digest.of(new byte[] {1});
    }

    @Override
    public String role(String participant) {
      return participant.equals("bank") ? "matcher" : "valueOwner";
    }

    @Override
    public JsonObject summary() {
      return JsonObject.builder()
          .put("digest", digest())
          .put("protocol", "test")
          .put("parameters", numbers())
          .build();
    }

    @Override
    public JsonObject explanation() {
      return JsonObject.builder().put("plan", summary()).put("text", content.sql()).build();
    }
  }

  private static final class TestPlanning implements Planning {
    @Override
    public JobPlan draft(QueryRequest request, String recipient, String salt) {
      if (!request.sql().startsWith("SELECT")) {
        throw new JobException(
            new JobOutcome(
                org.tidegate.ledger.records.Outcome.REFUSED, "sql.syntax", 1, 3, "no SELECT"),
            null);
      }
      return new Plan(
          new JobContent(
              request.sql(),
              recipient,
              "semi-honest",
              List.of(new ProductRef("tax", "income", 1, productDigest())),
              JsonObject.builder().put("paillierBits", 3072).build(),
              salt));
    }

    @Override
    public JobPlan derive(JobContent content) {
      return new Plan(content);
    }
  }

  /** Thrown at the moment of death; nothing of the node's code can handle it in order. */
  static final class DeathError extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** One institution's process: can die, and start again over the same store. */
  final class Node {
    final String name;
    private final NodeDatabase database;
    private Life life;

    Node(String name) {
      this.name = name;
      Path directory = home.resolve(name);
      directory.toFile().mkdirs();
      this.database = NodeDatabase.embedded(directory);
      this.life = new Life(this, database);
    }

    JobService jobs() {
      return life.jobs;
    }

    JobStore store() {
      return new DatabaseJobStore(database, ledger::now);
    }

    JobParts parts() {
      return life.parts;
    }

    /**
     * From the n-th operation on, counted from now, everything fails as if the process was gone.
     */
    void dieAt(long operation) {
      life.left = operation;
    }

    long operations() {
      return life.done;
    }

    boolean dead() {
      return life.dead;
    }

    void kill() {
      life.die();
    }

    void restart() {
      life.die();
      life.jobs.close();
      life = new Life(this, database);
      life.jobs.start();
    }

    void close() {
      life.jobs.close();
      database.close();
    }
  }

  /** One life of a process. */
  private final class Life {
    final Node node;
    final JobParts parts;
    final JobService jobs;
    volatile boolean dead;
    volatile long left = Long.MAX_VALUE;
    volatile long done;

    Life(Node node, NodeDatabase database) {
      this.node = node;
      Party party =
          new Party() {
            @Override
            public String self() {
              return node.name;
            }

            @Override
            public String space() {
              return TestSpace.NAME;
            }

            @Override
            public boolean isMember(String participant) {
              return space.names().contains(participant);
            }

            @Override
            public PrivateKey receiptKey() {
              return space.get(node.name).receiptKey();
            }
          };
      parts =
          new JobParts(
              party,
              settings,
              mortal(JobStore.class, new DatabaseJobStore(database, ledger::now)),
              mortal(LedgerClient.class, ledger.client(node.name)),
              new LocalPeers(this),
              this::lanes,
              new TestPlanning(),
              (plan, minimum, stopped) -> new IdealComputation(this, minimum),
              new OwnerPolicy(node.name, 1, () -> space.get(node.name).caCertificate()),
              ledger::now,
              new SecureRandom());
      jobs = new JobService(parts);
    }

    synchronized void tick() {
      done++;
      if (--left <= 0) {
        die();
      }
      if (dead) {
        throw new DeathError();
      }
    }

    void die() {
      dead = true;
      synchronized (openLanes) {
        openLanes.values().forEach(lane -> lane.abort(node.name + " died"));
        openLanes.clear();
      }
    }

    /** Every call is an operation at which the process may die, before or after it took effect. */
    @SuppressWarnings("unchecked")
    <T> T mortal(Class<T> type, T delegate) {
      return (T)
          java.lang.reflect.Proxy.newProxyInstance(
              type.getClassLoader(),
              new Class<?>[] {type},
              (proxy, method, arguments) -> {
                tick();
                Object value;
                try {
                  value = method.invoke(delegate, arguments);
                } catch (java.lang.reflect.InvocationTargetException e) {
                  throw Objects.requireNonNull(e.getCause());
                }
                tick();
                return value;
              });
    }

    Lanes lanes(
        Digest jobId, Digest plan, Digest parameters, Set<String> peers, Duration timeAllowed) {
      return new Lanes() {
        @Override
        public Channel lane(String peer, String label) {
          tick();
          return openLane(jobId, node.name, peer, label);
        }

        @Override
        public void abort(String reason) {
          abortLanes(jobId, reason);
        }

        @Override
        public void close() {}
      };
    }
  }

  private Channel openLane(Digest jobId, String self, String peer, String label) {
    synchronized (openLanes) {
      String link = jobId + label;
      Channel lane = openLanes.get(link + self);
      if (lane == null) {
        MemoryChannel.Pair pair = MemoryChannel.pair(self, peer);
        lane = noticingItsEnd(pair.first(), link);
        openLanes.put(link + self, lane);
        openLanes.put(link + peer, noticingItsEnd(pair.second(), link));
      }
      return lane;
    }
  }

  /** As with real lanes, what was sent before one end closed still arrives, whatever is aborted. */
  private Channel noticingItsEnd(Channel lane, String link) {
    return (Channel)
        java.lang.reflect.Proxy.newProxyInstance(
            Channel.class.getClassLoader(),
            new Class<?>[] {Channel.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("close")) {
                synchronized (openLanes) {
                  openLanes.keySet().removeIf(open -> open.startsWith(link));
                }
              }
              try {
                return method.invoke(lane, arguments);
              } catch (java.lang.reflect.InvocationTargetException e) {
                throw Objects.requireNonNull(e.getCause());
              }
            });
  }

  private void abortLanes(Digest jobId, String reason) {
    synchronized (openLanes) {
      openLanes.forEach((key, lane) -> {
        if (key.startsWith(jobId.toString())) {
          lane.abort(reason);
        }
      });
    }
  }

  /** The answer is 42 if enough match. */
  private final class IdealComputation implements Computation {
    private static final Step HELLO = new Step(1, "hello");
    private static final Step ANSWER = new Step(2, "answer");
    private final Life life;
    private final long minimum;

    IdealComputation(Life life, long minimum) {
      this.life = life;
      this.minimum = minimum;
    }

    @Override
    public List<Digest> commitments() {
      return List.of(Digest.of(life.node.name.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public String opening() {
      return "{}";
    }

    @Override
    public Optional<JobException> failure() {
      return Optional.empty();
    }

    @Override
    public Output run(JobChannels channels, RevealGate gate, JobListener listener) {
      if (life.node.name.equals("bank")) {
        Channel lane = channels.lane("tax", "leg0");
        lane.send(HELLO, new byte[] {1});
        life.tick();
        byte[] answer = lane.receive(ANSWER, 10);
        if (answer[0] == 0) {
          throw JobException.refusedAndUsed("group.tooSmall", "fewer than " + answer[1] + " match");
        }
        life.tick();
        return new Output(
            Optional.of(
                new ResultTable(
                    List.of(new ResultTable.Column("sum", "HUGEINT")), List.of(List.of("42")))));
      }
      Channel lane = channels.lane("bank", "leg0");
      lane.receive(HELLO, 10);
      if (matches < minimum) {
        ownerBeforeReveal.run();
        gate.pass();
        life.tick();
        lane.send(ANSWER, new byte[] {0, (byte) minimum});
        lane.close();
        throw JobException.refusedAndUsed("group.tooSmall", "fewer than " + minimum + " match");
      }
      ownerBeforeReveal.run();
      gate.pass();
      life.tick();
      lane.send(ANSWER, new byte[] {42});
      lane.flush();
      ownerAfterReveal.run();
      return new Output(Optional.empty());
    }

    @Override
    public void close() {}
  }

  /** Calls the other node's jobs directly. */
  private final class LocalPeers implements Peers {
    private final Life caller;

    LocalPeers(Life caller) {
      this.caller = caller;
    }

    private interface Call<T> {
      T on(JobService jobs);
    }

    private <T> T call(String participant, Call<T> call) {
      caller.tick();
      Life peer = node(participant).life;
      if (peer.dead) {
        throw JobException.aborted("peer.unreachable", participant + " is down", null);
      }
      T value;
      try {
        value = call.on(peer.jobs);
      } catch (DeathError e) {
        if (caller.dead) {
          throw e;
        }
        throw JobException.aborted("peer.unreachable", participant + " went away", null);
      }
      caller.tick();
      return value;
    }

    @Override
    public Signed<Acceptance> propose(
        String participant, Signed<Proposal> proposal, JobContent content) {
      return call(participant, jobs -> jobs.propose(caller.node.name, proposal, content));
    }

    @Override
    public void start(String participant, Digest jobId) {
      call(
          participant,
          jobs -> {
            jobs.startJob(caller.node.name, jobId);
            return true;
          });
    }

    @Override
    public Signed<ReleaseStatement> release(String participant, Digest jobId) {
      return call(participant, jobs -> jobs.release(caller.node.name, jobId));
    }
  }

  /** For assertions: the ledger as the contract has it. */
  RecordLedgerClient truth() {
    return ledger.client("trade");
  }
}
