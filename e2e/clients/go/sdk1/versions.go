package main

import (
	"net/http"
	"strings"

	"github.com/aliyun/aliyun-oss-go-sdk/oss"

	. "rebatch.dev/e2e/clients/report"
)

// classes checks what a bucket says of its new objects, and how fast bytes may go.
func (s session) classes() {
	s.Check("Client.CreateBucket Client.GetBucketInfo Client.SetBucketEncryption Bucket.PutObject Bucket.GetObject", func() {
		cold := s.name + "-cold"
		Check(s.client.CreateBucket(cold, oss.StorageClass(oss.StorageIA)))
		Equal(Must(s.client.GetBucketInfo(cold)).BucketInfo.StorageClass, "IA")
		Equal(Must(s.client.ListBuckets(oss.Prefix(cold))).Buckets[0].StorageClass, "IA")
		bucket := Must(s.client.Bucket(cold))
		rule := oss.ServerEncryptionRule{SSEDefault: oss.SSEDefaultRule{SSEAlgorithm: "AES256"}}
		Check(s.client.SetBucketEncryption(cold, rule))
		var header http.Header
		Check(bucket.PutObject("key", strings.NewReader("x"), oss.GetResponseHeader(&header)))
		Equal(header.Get("X-Oss-Server-Side-Encryption"), "AES256")
		Equal(Must(bucket.ListObjects()).Objects[0].StorageClass, "IA")
		Check(bucket.DeleteObject("key"))
		Check(s.client.DeleteBucket(cold))
		limit := oss.TrafficLimitHeader(8 * 1024 * 1024)
		Check(s.bucket.PutObject("slow", strings.NewReader(strings.Repeat("s", 300_000)), limit))
		Equal(len(s.read(s.bucket.GetObject("slow", limit))), 300_000)
		s.refused(400, "InvalidArgument", s.bucket.PutObject("slow", strings.NewReader("x"), oss.TrafficLimitHeader(1)))
	})
}

// versions checks a bucket that keeps them, made and emptied here.
func (s session) versions() {
	name := s.name + "-versions"
	bucket := Must(s.client.Bucket(name))
	var header http.Header
	answer := oss.GetResponseHeader(&header)
	put := func(key, text string) string {
		Check(bucket.PutObject(key, strings.NewReader(text), answer))
		return oss.GetVersionId(header)
	}
	get := func(version string) string { return s.read(bucket.GetObject("key", oss.VersionId(version))) }
	var first, second string
	s.Check("Client.SetBucketVersioning Client.GetBucketVersioning", func() {
		Check(s.client.CreateBucket(name))
		Equal(put("key", "before"), "")
		Check(s.client.SetBucketVersioning(name, oss.VersioningConfig{Status: string(oss.VersionEnabled)}))
		Equal(Must(s.client.GetBucketVersioning(name)).Status, "Enabled")
		Equal(Must(s.client.GetBucketInfo(name)).BucketInfo.Versioning, "Enabled")
		first, second = put("key", "first"), put("key", "second")
		Equal(get("null")+get(first)+get(second)+s.read(bucket.GetObject("key")), "beforefirstsecondsecond")
	})
	s.Check("Bucket.GetObjectMeta Bucket.GetObjectDetailedMeta Bucket.SetObjectACL Bucket.GetObjectACL Bucket.PutObjectTagging "+
		"Bucket.GetObjectTagging Bucket.DeleteObjectTagging Bucket.GetSymlink Bucket.RestoreObject Bucket.IsObjectExist", func() {
		version := oss.VersionId(first)
		Equal(Must(bucket.GetObjectMeta("key", version)).Get("Content-Length"), "5")
		Equal(oss.GetVersionId(Must(bucket.GetObjectDetailedMeta("key", version))), first)
		Check(bucket.SetObjectACL("key", oss.ACLPublicRead, version))
		Equal(Must(bucket.GetObjectACL("key", version)).ACL+Must(bucket.GetObjectACL("key")).ACL, "public-readdefault")
		Check(bucket.PutObjectTagging("key", oss.Tagging{Tags: []oss.Tag{{Key: "take", Value: "1"}}}, version))
		Equal(Must(bucket.GetObjectTagging("key", version)).Tags[0].Value, "1")
		Equal(len(Must(bucket.GetObjectTagging("key")).Tags), 0)
		Check(bucket.DeleteObjectTagging("key", version))
		Check(bucket.PutSymlink("link", "key", answer))
		link := oss.GetVersionId(header)
		Check(bucket.PutSymlink("link", "other"))
		Equal(Must(bucket.GetSymlink("link", oss.VersionId(link))).Get(oss.HTTPHeaderOssSymlinkTarget), "key")
		Check(bucket.PutObject("cold", strings.NewReader("c"), oss.ObjectStorageClass(oss.StorageArchive), answer))
		cold := oss.VersionId(oss.GetVersionId(header))
		put("cold", "warm")
		Check(bucket.RestoreObject("cold", cold))
		Equal(s.read(bucket.GetObject("cold", cold)), "c")
		Equal(Must(bucket.IsObjectExist("key", version)), true)
	})
	s.Check("Bucket.CopyObject Bucket.AppendObject Bucket.CompleteMultipartUpload Bucket.UploadPartCopy", func() {
		Must(bucket.CopyObject("key", "key", oss.VersionId(first), answer))
		Equal(oss.GetCopySrcVersionId(header), first)
		Equal(get(oss.GetVersionId(header)), "first")
		Check(bucket.DeleteObject("key", oss.VersionId(oss.GetVersionId(header))))
		position := Must(bucket.AppendObject("log", strings.NewReader("abc"), 0, answer))
		log := oss.GetVersionId(header)
		Must(bucket.AppendObject("log", strings.NewReader("def"), position, answer))
		Equal(oss.GetVersionId(header), log)
		upload := Must(bucket.InitiateMultipartUpload("parts"))
		part := Must(bucket.UploadPartCopy(upload, name, "key", 0, 4, 1, oss.VersionId(second)))
		Must(bucket.CompleteMultipartUpload(upload, []oss.UploadPart{part}, answer))
		Equal(s.read(bucket.GetObject("parts", oss.VersionId(oss.GetVersionId(header)))), "seco")
	})
	s.Check("Bucket.DeleteObject Bucket.DeleteObjects", func() {
		Check(bucket.DeleteObject("key", answer))
		Equal(oss.GetDeleteMark(header), true)
		marker := oss.GetVersionId(header)
		_, err := bucket.GetObject("key", answer)
		s.refused(404, "NoSuchKey", err)
		_, err = bucket.GetObject("key", oss.VersionId(marker))
		s.refused(405, "MethodNotAllowed", err)
		Equal(Must(bucket.IsObjectExist("key")), false)
		Check(bucket.DeleteObject("key", oss.VersionId(marker)))
		Equal(s.read(bucket.GetObject("key")), "second")
		Check(bucket.DeleteObject("key", oss.VersionId(second)))
		_, err = bucket.GetObject("key", oss.VersionId(second))
		s.refused(404, "NoSuchVersion", err)
		deleted := Must(bucket.DeleteObjects([]string{"key"})).DeletedObjects
		Equal(len(deleted), 1)
	})
	s.Check("Bucket.ListObjectVersions Bucket.DeleteObjectVersions Client.DeleteBucket", func() {
		page := Must(bucket.ListObjectVersions(oss.Prefix("key"), oss.MaxKeys(2)))
		Equal(page.IsTruncated, true)
		Equal(page.ObjectDeleteMarkers[0].IsLatest, true)
		rest := Must(bucket.ListObjectVersions(oss.Prefix("key"), oss.KeyMarker(page.NextKeyMarker), oss.VersionIdMarker(page.NextVersionIdMarker)))
		Equal(page.ObjectVersions[0].VersionId+rest.ObjectVersions[0].VersionId, first+"null")
		Check(s.client.SetBucketVersioning(name, oss.VersioningConfig{Status: string(oss.VersionSuspended)}))
		Equal(put("key", "after"), "null")
		s.refused(409, "BucketNotEmpty", s.client.DeleteBucket(name))
		var doomed []oss.DeleteObject
		all := Must(bucket.ListObjectVersions(oss.MaxKeys(1000)))
		for _, version := range all.ObjectVersions {
			doomed = append(doomed, oss.DeleteObject{Key: version.Key, VersionId: version.VersionId})
		}
		for _, marker := range all.ObjectDeleteMarkers {
			doomed = append(doomed, oss.DeleteObject{Key: marker.Key, VersionId: marker.VersionId})
		}
		deleted := Must(bucket.DeleteObjectVersions(doomed)).DeletedObjectsDetail
		Equal(len(deleted), len(doomed))
		Check(s.client.DeleteBucket(name))
	})
}
